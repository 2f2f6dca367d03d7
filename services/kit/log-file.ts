import { fstatSync, openSync, renameSync } from "node:fs";
import { pino } from "pino";
import type { DestinationStream } from "pino";

/** Where lines go, and a way to wait until they are there. */
export interface Destination extends DestinationStream {
  flush?(done: () => void): void;
}

/** A reader that stalls must not make the program grow: beyond this, lines are dropped. Bytes. */
const MAX_BUFFERED = 4 * 1024 * 1024;

/** A destination that does not block the event loop, for an open descriptor. */
export function openDestination(fd: number): Destination & { end(): void } {
  // With a minLength of 0 pino's stream does not know how to flush.
  return pino.destination({ fd, sync: false, minLength: 1, maxLength: MAX_BUFFERED });
}

/**
 * Appends lines to a file that never takes the disk: when it is full it becomes `<file>.1`, in the place of the one
 * before, and a new one begins. No line is lost or split between the two.
 *
 * @param limit how many bytes are enough for one file. @default 16 MiB
 * @throws Error when the file cannot be opened for appending.
 */
export function openLogFile(file: string, limit = 16 * 1024 * 1024): Destination {
  let size = 0;
  let current = begin();

  function begin(): ReturnType<typeof openDestination> {
    const fd = openSync(file, "a");
    size = fstatSync(fd).size;
    return openDestination(fd);
  }

  /** Whoever follows the file by its name is told by the new one; the old one is still written to its end. */
  function moveOn(): void {
    renameSync(file, `${file}.1`);
    current.end();
    current = begin();
  }

  return {
    write(line) {
      if (size >= limit) moveOn();
      size += Buffer.byteLength(line);
      current.write(line);
    },
    flush(done) {
      current.flush?.(done);
    },
  };
}
