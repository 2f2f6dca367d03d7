import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** As much as is read at once; what is left comes with the next look. Bytes. */
const MOST = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Follows a log that is appended to, emptied (`trimLog`), or not there yet.
 *
 * @returns reads the whole lines that came since the last look, without their newlines.
 */
export function followFile(file: string): () => readonly string[] {
  let offset = 0;
  return () => {
    let fd: number;
    try {
      fd = openSync(file, "r");
    } catch {
      return [];
    }
    try {
      const { size } = fstatSync(fd);
      if (size < offset) offset = 0;
      const chunk = Buffer.alloc(Math.min(size - offset, MOST));
      const read = readSync(fd, chunk, 0, chunk.length, offset);
      let end = chunk.lastIndexOf(NEWLINE, read - 1) + 1;
      // A line that is longer than all that is read at once is passed on in pieces, or nothing would come any more.
      if (end === 0 && read === MOST) end = read;
      offset += end;
      return chunk
        .toString("utf8", 0, end)
        .split("\n")
        .filter((line) => line !== "");
    } finally {
      closeSync(fd);
    }
  };
}
