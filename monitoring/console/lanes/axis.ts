/** Round steps of a time axis, in milliseconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
  .map((seconds) => seconds * 1000)
  .concat([2, 5, 10, 30, 100].map((days) => days * 86_400_000));

/** More would not fit under a chart on a phone. */
const MOST_TICKS = 5;

/** A moment of an axis, in milliseconds since 1970, and its words: `12:04:30`, `12:04` or `21 Nov`, in UTC. */
export interface Tick {
  readonly at: number;
  readonly words: string;
}

/**
 * Chooses round moments of an axis.
 *
 * @param from where the axis begins, in milliseconds since 1970.
 * @param to where it ends; after `from`.
 */
export function ticksOf(from: number, to: number): Tick[] {
  const step = STEPS.find((step) => (to - from) / step <= MOST_TICKS) ?? (to - from) / MOST_TICKS;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push({ at, words: words(at, step) });
  return ticks;
}

function words(at: number, step: number): string {
  const date = new Date(at);
  if (step >= 86_400_000)
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  return date.toISOString().slice(11, step % 60_000 === 0 ? 16 : 19);
}
