import { createLogger } from "../services/kit/logging.ts";
import { shutdownOnSignal } from "../services/kit/shutdown.ts";
import { readCommandLineOrExit } from "./command-line.ts";
import { startLoadgen } from "./loadgen.ts";
import { loadgenCommandLine } from "./options.ts";

const config = readCommandLineOrExit(loadgenCommandLine, process.argv.slice(2), process.env);
try {
  const logger = createLogger({ service: "loadgen", level: config.LOG_LEVEL, file: config.LOG_FILE });
  const starting = startLoadgen(config, logger);

  // A signal and the end of the duration may meet: whichever is first ends the run, once.
  let ending: Promise<number> | undefined;
  const end = (): Promise<number> => (ending ??= finish());
  // Before it says that it sends, so that whoever reads that can also stop it.
  shutdownOnSignal({ logger, stop: end });
  await (
    await starting
  ).done;
  await end();

  async function finish(): Promise<number> {
    const loadgen = await starting;
    await loadgen.stop();
    // stdout is for log lines, which are JSON.
    process.stderr.write(`${loadgen.summary()}\n`);
    return 0;
  }
} catch (error) {
  process.stderr.write(`loadgen: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
