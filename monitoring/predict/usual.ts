/** What is usual for an SLI now: what goes on, on top of which a fault does what it does. */
import type { Usual } from "./forecast.ts";
import { windowCounts, type Timeline } from "./timeline.ts";

/** Slices that say what is usual. */
const RECENT = 5;

/** A slice with less than this share of the busiest one's events had no traffic: rounding, or a start at its very end. */
const IDLE = 0.1;

/**
 * Takes the median of the newest five slices that had traffic: a burst within them is over, and a mean would take it for
 * what comes. Where the past is told minute by minute a slice is a minute of it; where only windows tell of it, as after a
 * start, it is an even part of what they hold, so that the few seconds of a first minute are not taken for usual.
 *
 * @param past what was, see observe.ts.
 * @param sliceSeconds how long a slice is.
 * @param slices how many of them may be looked at, the newest first.
 * @returns events per second, the median, and the share of bad ones among the events of the five; 0 without traffic.
 */
export function usualOf(past: Timeline, sliceSeconds: number, slices: number): Usual {
  const counts = Array.from({ length: slices }, (_, index) =>
    windowCounts(past, sliceSeconds, 0 - index * sliceSeconds),
  );
  const busiest = Math.max(...counts.map(({ total }) => total));
  const recent = counts.filter(({ total }) => total > IDLE * busiest).slice(0, RECENT);
  const sum = (of: (counts: { bad: number; total: number }) => number): number =>
    recent.reduce((events, each) => events + of(each), 0);
  const totals = recent.map(({ total }) => total).toSorted((a, b) => a - b);
  const events = sum(({ total }) => total);
  return {
    eventsPerSecond: (totals[totals.length >> 1] ?? 0) / sliceSeconds,
    badShare: events === 0 ? 0 : sum(({ bad }) => bad) / events,
  };
}
