/**
 * How many events a service has over time, past and to come, and what a sliding window sees of them.
 *
 * Moments are in seconds, 0 is now, the past is negative. Within a piece events are spread evenly, so what a window holds
 * is linear between the moments at which it begins or ends on an edge: everything here is exact for such a timeline.
 */

import { exact } from "../compiler/decimal.ts";

/** A stretch of time with even traffic. */
export interface Piece {
  /** When it begins; -Infinity is allowed for traffic that was always there. */
  readonly from: number;
  /** When it ends; Infinity is allowed. */
  readonly to: number;
  /** Events per second. */
  readonly badRate: number;
  readonly totalRate: number;
}

/** Pieces in order of time that do not overlap; between them there are no events. */
export type Timeline = readonly Piece[];

/** A stretch of time from 0 on; `to` may be Infinity. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Bad and total events of a window of so many seconds that ends at a moment. */
export function windowCounts(
  timeline: Timeline,
  windowSeconds: number,
  at: number,
): { readonly bad: number; readonly total: number } {
  let [bad, total] = [0, 0];
  for (const { from, to, badRate, totalRate } of timeline) {
    const seconds = Math.min(to, at) - Math.max(from, at - windowSeconds);
    if (seconds <= 0) continue;
    bad += badRate * seconds;
    total += totalRate * seconds;
  }
  return { bad, total };
}

/**
 * Finds when a window's bad share is above a threshold. Strictly, as the alert compares: at the threshold it is silent.
 *
 * @returns intervals from now on, in order; the last may have no end.
 */
export function intervalsAbove(timeline: Timeline, windowSeconds: number, threshold: number): Interval[] {
  return positive(timeline, windowSeconds, ({ bad, total }) => bad - threshold * total);
}

/** Finds when a window holds at least so many events. */
export function intervalsWithEvents(timeline: Timeline, windowSeconds: number, least: number): Interval[] {
  if (least <= 0) return [{ from: 0, to: Infinity }];
  return positive(timeline, windowSeconds, ({ total }) => total - least);
}

/** Finds the moments that all of several lists of intervals share. */
export function overlap(lists: readonly (readonly Interval[])[]): Interval[] {
  const [first = [], ...others] = lists;
  return others.reduce<Interval[]>(
    (left, right) =>
      left.flatMap((a) =>
        right
          .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
          .filter(({ from, to }) => from < to),
      ),
    [...first],
  );
}

/** Counts that are less than this many events above or below a threshold are at it: float noise, not traffic. */
const NOISE = 1e-9;

/** Finds where a function that is linear in the counts is above zero: between two edges it is linear in time, too. */
function positive(
  timeline: Timeline,
  windowSeconds: number,
  value: (counts: { readonly bad: number; readonly total: number }) => number,
): Interval[] {
  const at = (moment: number): number => {
    const events = value(windowCounts(timeline, windowSeconds, moment));
    return Math.abs(events) < NOISE ? 0 : events;
  };
  const edges = timeline.flatMap(({ from, to }) => [from, to, from + windowSeconds, to + windowSeconds]);
  const moments = [...new Set([0, ...edges])]
    .filter((edge) => edge >= 0 && Number.isFinite(edge))
    .toSorted((a, b) => a - b);
  const found: Interval[] = [];
  const add = (from: number, to: number): void => {
    const last = found.at(-1);
    if (last !== undefined && last.to === from) found[found.length - 1] = { from: last.from, to };
    else if (from < to) found.push({ from, to });
  };
  for (const [index, from] of moments.entries()) {
    // Behind the last edge nothing changes any more: no edge begins or ends there.
    const to = moments[index + 1];
    const [start, end] = [at(from), at(to ?? from + 1)];
    if (to === undefined) {
      if (start > 0 || end > 0) add(from, Infinity);
      continue;
    }
    if (start <= 0 && end <= 0) continue;
    const crossing = exact(from + ((to - from) * start) / (start - end));
    if (start >= 0 && end >= 0) add(from, to);
    else if (start > 0) add(from, crossing);
    else add(crossing, to);
  }
  return found;
}
