/** A line that shows how far a run is; only on a terminal. */
export interface Progress {
  readonly show: (share: number) => void;
  readonly clear: () => void;
}

const PAUSE_MS = 100;

/** @param stream usually standard error, so that a pipe gets the result alone. */
export function progressLine(stream: Pick<NodeJS.WriteStream, "write" | "isTTY">): Progress {
  let last = -Infinity;
  return {
    show(share) {
      const now = performance.now();
      if (!stream.isTTY || now - last < PAUSE_MS) return;
      last = now;
      stream.write(
        `\r\u001B[K${"█".repeat(Math.round(share * 20)).padEnd(20, "░")} ${Math.round(share * 100)} %`,
      );
    },
    clear() {
      if (stream.isTTY) stream.write("\r\u001B[K");
    },
  };
}
