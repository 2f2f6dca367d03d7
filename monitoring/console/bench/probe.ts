import { setTimeout as wait } from "node:timers/promises";

/** Between two looks; milliseconds. */
const PAUSE = 50;

/**
 * Looks at a page again and again, as somebody does who waits.
 *
 * @returns what ends it, and gives the time of each answer in milliseconds, the shortest first. It throws when an answer
 *   was no success.
 */
export function probe(url: string): { readonly stop: () => Promise<number[]> } {
  const latencies: number[] = [];
  const ending = new AbortController();
  const looking = (async () => {
    while (!ending.signal.aborted) {
      const begin = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      latencies.push(performance.now() - begin);
      await wait(PAUSE);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await looking;
      return latencies.toSorted((a, b) => a - b);
    },
  };
}
