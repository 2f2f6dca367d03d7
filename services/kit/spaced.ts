import type { Random } from "./random.ts";

/**
 * True for the given share of calls, with gaps of 0.5 to 1.5 times the mean between them.
 *
 * Independent draws would bunch: a fresh service that happened to fail twice in its first hundred requests would
 * burn its budget twenty times too fast, and page. With gaps like these the share is never above twice its value
 * over any number of calls from the start, so a simulated slow burn stays a slow burn.
 *
 * @param share 0 to 0.5; above that, gaps of half the mean would be less than one call.
 * @throws RangeError when the share is outside that.
 */
export function spaced(random: Random, share: number): () => boolean {
  if (!(share >= 0 && share <= 0.5)) throw new RangeError(`a share must be from 0 to 0.5, got ${share}`);
  if (share === 0) return () => false;
  const gap = (): number => (0.5 + random()) / share;
  let calls = gap();
  return () => {
    calls -= 1;
    if (calls > 0) return false;
    calls += gap();
    return true;
  };
}
