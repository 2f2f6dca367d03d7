/** A line on a terminal that says how far something is; silent in a pipe or a file. */
export interface Progress {
  /** @param share from 0 to 1. */
  readonly show: (share: number) => void;
  /** Removes the line. */
  readonly end: () => void;
}

const CLEAR_LINE = "\r\u001B[K";

export function createProgress(stream: Pick<NodeJS.WriteStream, "write" | "isTTY">, what: string): Progress {
  return {
    show(share) {
      if (stream.isTTY) stream.write(`${CLEAR_LINE}${what}: ${Math.round(share * 100)} %`);
    },
    end() {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
  };
}
