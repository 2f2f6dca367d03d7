import { openSync } from "node:fs";
import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

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

/** A reader that stalls must not make the program grow: beyond this, lines are dropped. Bytes. */
const MAX_BUFFERED = 4 * 1024 * 1024;

/**
 * A pino logger that writes JSON lines to stdout and, if asked, to a file. Writes do not block the event
 * loop; what is still buffered is written when the process exits.
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
  const main = destination ?? pino.destination({ fd: 1, sync: false, maxLength: MAX_BUFFERED });
  if (file === undefined) return pino(options, main);
  const copy = pino.destination({ fd: openSync(file, "a"), sync: false, maxLength: MAX_BUFFERED });
  const both: DestinationStream = {
    write(line) {
      main.write(line);
      copy.write(line);
    },
  };
  return pino(options, both);
}
