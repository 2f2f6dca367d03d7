/** A console in a process of its own, as `npm run demo` starts it. */
import path from "node:path";
import { startListening } from "../../../loadgen/bench/program.ts";
import type { RunningListener } from "../../../loadgen/bench/program.ts";

/**
 * Starts it on free ports, with nothing to ask (no Prometheus, no fault switches) unless `env` says else.
 *
 * @param directory for its data and its compile cache; a second start on the same folder finds both.
 * @param env what else its environment says.
 * @throws Error when it ends before it listens.
 */
export async function startConsoleProcess(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningListener> {
  return startListening({
    name: "console",
    main: "monitoring/console/main.ts",
    env: {
      PORT: "0",
      SMTP_PORT: "0",
      DATA_DIR: directory,
      PROMETHEUS_URL: "http://127.0.0.1:9",
      NODE_COMPILE_CACHE: path.join(directory, "compile-cache"),
      ...env,
    },
  });
}
