import { DAY, HOUR, MINUTE } from "../../../compiler/duration.ts";

const STEPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  3 * DAY,
  5 * DAY,
  7 * DAY,
  10 * DAY,
  15 * DAY,
  30 * DAY,
  60 * DAY,
];

/** Round times of a range, in UTC, and their words. @param most how many at most. */
export function timeTicks(
  from: number,
  to: number,
  most: number,
): { readonly at: number; readonly text: string }[] {
  const step = STEPS.find((size) => (to - from) / size <= most) ?? 90 * DAY;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push({ at, text: tickText(at, step) });
  return ticks;
}

function tickText(at: number, step: number): string {
  const iso = new Date(at * 1000).toISOString();
  const midnight = at % DAY === 0;
  return step >= DAY || midnight
    ? `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`
    : iso.slice(11, 16);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
