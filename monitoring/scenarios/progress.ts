import { describeTime } from "./plan.ts";

/** Lines that stay, and on a terminal one below them that says how far it is. */
export interface Progress {
  /** Prints a line, with the time since the beginning once that has passed. */
  readonly say: (line: string) => void;
  /** Removes the line of progress; what is said afterwards stays. */
  readonly end: () => void;
}

const EVERY_MS = 1000;

/**
 * Shows progress: live on a terminal, nothing but the lines in a pipe.
 *
 * @param lastsMs how long it takes as a whole, in milliseconds.
 */
export function createProgress(
  stream: Pick<NodeJS.WriteStream, "write" | "isTTY">,
  lastsMs: number,
): Progress {
  const begin = performance.now();
  const since = (): number => performance.now() - begin;
  let live = stream.isTTY;
  const erase = (): string => (live ? "\r\u001B[K" : "");
  const bar = (): string => {
    const left = Math.max(0, lastsMs - since());
    return live
      ? `${describeTime(Math.round(since() / 1000) * 1000)} gone, ${describeTime(Math.round(left / 1000) * 1000)} left; Ctrl-C undoes it`
      : "";
  };
  const timer = live ? setInterval(() => stream.write(erase() + bar()), EVERY_MS) : undefined;
  return {
    say: (line) => void stream.write(`${erase()}${line}\n${bar()}`),
    end: () => {
      clearInterval(timer);
      stream.write(erase());
      live = false;
    },
  };
}
