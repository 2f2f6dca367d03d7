import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { openDestination, openLogFile } from "./log-file.ts";
import type { DestinationStream, Logger } from "pino";
import type { Destination } from "./log-file.ts";

export type { Logger } from "pino";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

export interface LoggerOptions {
  /** The program's name, on every line as `service`. */
  service: string;
  /** The least level that is written. @default "info" */
  level?: (typeof LOG_LEVELS)[number];
  /** A file that gets every line too, appended. @default none */
  file?: string | undefined;
  /** Where lines go instead of stdout; for tests. @default stdout */
  destination?: DestinationStream;
}

/** A reader that stalls may not keep a program from ending; a busy disk may take its time. Milliseconds. */
const FLUSH_DEADLINE = 3000;

/**
 * A pino logger that writes JSON lines to stdout and, if asked, to a file. Writes do not block the event loop, so a
 * program calls `flushLogs` before it exits.
 *
 * @throws Error when the file cannot be opened for appending.
 */
export function createLogger({ service, level = "info", file, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const main = destination ?? openDestination(1);
  return pino(options, file === undefined ? main : both(main, openLogFile(file)));
}

/** Resolves when every line is written, or after three seconds: whoever does not read by then will not. */
export async function flushLogs(logger: Logger): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // An error says that the destination has no fsync, as pipes have none; the lines are written all the same.
  logger.flush(() => {
    resolve();
  });
  await Promise.race([promise, sleep(FLUSH_DEADLINE, undefined, { ref: false })]);
}

function both(first: Destination, second: Destination): Destination {
  return {
    write(line) {
      first.write(line);
      second.write(line);
    },
    // At the same time: who stalls the one must not cost the other its lines.
    flush(done) {
      let open = 2;
      const oneDone = (): void => {
        open -= 1;
        if (open === 0) done();
      };
      flush(first, oneDone);
      flush(second, oneDone);
    },
  };
}

function flush(destination: Destination, done: () => void): void {
  if (destination.flush === undefined) done();
  else destination.flush(done);
}
