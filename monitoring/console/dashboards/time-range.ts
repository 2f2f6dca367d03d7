/** Time ranges as Grafana's addresses write them: `from=now-6h&to=now`, or milliseconds, or ISO 8601. Always UTC. */
import { DAY, duration, HOUR, MINUTE, parseDuration } from "../../compiler/duration.ts";
import { rangeLimits, SCRAPE_INTERVAL, SHORTEST_STEP } from "./limits.ts";

/** A range, in Unix seconds, and the words that it was given in. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly words: { readonly from: string; readonly to: string };
}

/** The ranges that the page offers. */
export const PRESETS: readonly (readonly [from: string, words: string])[] = [
  ["now-15m", "last 15 minutes"],
  ["now-1h", "last hour"],
  ["now-6h", "last 6 hours"],
  ["now-24h", "last 24 hours"],
  ["now-7d", "last 7 days"],
  ["now-30d", "last 30 days"],
];

/** Steps that divide clocks and calendars well, in seconds. */
const STEPS = [
  5,
  10,
  15,
  20,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
];

/**
 * Reads a range.
 *
 * @throws RangeError in words when a time cannot be read, or the range is empty, backwards or too long.
 */
export function readRange(from: string, to: string, now: Date): TimeRange {
  const start = readTime("from", from, now, false);
  const end = readTime("to", to, now, true);
  if (end - start < rangeLimits.shortest)
    throw new RangeError(
      `from ${from} to ${to}: want a range of at least ${rangeLimits.shortest} s, forwards`,
    );
  if (end - start > rangeLimits.longest)
    throw new RangeError(`from ${from} to ${to}: want a range of at most ${duration(rangeLimits.longest)}`);
  return { from: start, to: end, words: { from, to } };
}

/** @returns the shortest good step, in seconds, that gives at most `most` points and is not below `shortest` seconds. */
export function stepFor({ from, to }: TimeRange, most: number, shortest = SHORTEST_STEP): number {
  const least = Math.max((to - from) / most, shortest, SHORTEST_STEP);
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / DAY) * DAY;
}

/** `$__rate_interval`, in seconds: four scrapes at least, and no event between two steps is lost (Grafana's formula). */
export function rateInterval(step: number, scrape = SCRAPE_INTERVAL): number {
  return Math.max(step + scrape, 4 * scrape);
}

/**
 * The points of a range, counted back from its end, so that the newest is never older than a scrape: whoever breaks
 * something now looks at now. Between two scrapes the end stands still, and pages that renew themselves share an answer.
 * (Grafana starts at a multiple of the step; with steps of five minutes its newest point is up to that old.)
 */
export function onGrid(
  { from, to }: TimeRange,
  step: number,
): { readonly start: number; readonly end: number } {
  const unit = Math.min(step, SCRAPE_INTERVAL);
  const end = Math.floor(to / unit) * unit;
  return { start: end - Math.floor((to - from) / step) * step, end };
}

const ROUND_TO: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

function readTime(name: string, text: string, now: Date, end: boolean): number {
  const wrong = (): RangeError =>
    new RangeError(
      `${name}: got ${JSON.stringify(text.slice(0, 60))}, want a time such as now-6h, now-1d/d, 1764000000000 (ms) or 2026-11-28T12:00:00Z`,
    );
  const relative = /^now(?:([-+])(\d{1,6}(?:s|m|h|d|w)))?(?:\/([mhd]))?$/.exec(text);
  if (relative !== null) {
    const [, sign, span, unit] = relative;
    const seconds =
      now.getTime() / 1000 + (span === undefined ? 0 : (sign === "-" ? -1 : 1) * parseDuration(span));
    const size = ROUND_TO[unit ?? ""];
    if (size === undefined) return seconds;
    return Math.floor(seconds / size) * size + (end ? size : 0);
  }
  const milliseconds = /^\d{10,14}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
      ? Date.parse(/T.*[^Z\d:.]|Z$/.test(text) || !text.includes("T") ? text : `${text}Z`)
      : Number.NaN;
  if (Number.isNaN(milliseconds)) throw wrong();
  return milliseconds / 1000;
}
