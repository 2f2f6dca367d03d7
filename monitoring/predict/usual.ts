/** What is usual for an SLI now: what goes on, on top of which a fault does what it does. */
import type { Usual } from "./forecast.ts";
import { windowCounts, type Piece } from "./timeline.ts";

/** Slices that say what is usual. */
const RECENT = 5;

/**
 * What windows hold more than the recorded minutes at less than this share of the minutes' rate is no traffic: windows are
 * extrapolated, each from its own samples.
 */
const ROUNDING = 0.1;

/**
 * Takes the median of the newest five slices that had traffic: a burst within them is over, and a mean would take it for
 * what comes. While fewer were recorded, as in the first minutes after a start, when the first of them has seconds without
 * traffic in it, what windows tell of the time before counts for the others.
 *
 * @param recent what was recorded slice by slice, oldest first; only slices with events.
 * @param older what windows tell of the time before, oldest first.
 * @param sliceSeconds how long a slice is.
 * @returns events per second, the median, and the share of bad ones among the events of the five; 0 without traffic.
 */
export function usualOf(recent: readonly Piece[], older: readonly Piece[], sliceSeconds: number): Usual {
  const recorded = recent
    .slice(-RECENT)
    .map(({ badRate, totalRate }) => ({ bad: badRate, total: totalRate }));
  const busiest = Math.max(0, ...recorded.map(({ total }) => total));
  const before = older.at(-1)?.to ?? 0;
  const told = Array.from({ length: RECENT - recorded.length }, (_, index) => {
    const { bad, total } = windowCounts(older, sliceSeconds, before - index * sliceSeconds);
    return { bad: bad / sliceSeconds, total: total / sliceSeconds };
  });
  const five = [...recorded, ...told.filter(({ total }) => total > ROUNDING * busiest)];
  const sum = (of: (rates: { bad: number; total: number }) => number): number =>
    five.reduce((all, each) => all + of(each), 0);
  const rates = five.map(({ total }) => total).toSorted((a, b) => a - b);
  const all = sum(({ total }) => total);
  return {
    eventsPerSecond: rates[rates.length >> 1] ?? 0,
    badShare: all === 0 ? 0 : sum(({ bad }) => bad) / all,
  };
}
