import { flushLogs } from "./logging.ts";
import type { Logger } from "./logging.ts";

export interface ShutdownOptions {
  logger: Logger;
  /** Ends the program's work. Gives how many requests were cut off; it keeps its own deadline. */
  stop: () => Promise<number>;
}

/**
 * Ends the process on SIGTERM or SIGINT: `stop()` first, then exit code 0, or 1 with a log line if
 * requests were cut off or `stop` failed. A second signal ends it at once with code 1.
 */
export function shutdownOnSignal({ logger, stop }: ShutdownOptions): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      logger.error({ signal }, "second signal: stopping at once");
      process.exit(1);
    }
    stopping = true;
    logger.info({ signal }, "stopping");
    void finish(stop, logger);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function finish(stop: () => Promise<number>, logger: Logger): Promise<never> {
  const code = await exitCode(stop, logger);
  await flushLogs(logger);
  process.exit(code);
}

async function exitCode(stop: () => Promise<number>, logger: Logger): Promise<0 | 1> {
  try {
    const cutOff = await stop();
    if (cutOff === 0) {
      logger.info("stopped");
      return 0;
    }
    logger.error({ cut_off: cutOff }, "the shutdown deadline cut requests off");
  } catch (error) {
    logger.error({ err: error }, "stopping failed");
  }
  return 1;
}
