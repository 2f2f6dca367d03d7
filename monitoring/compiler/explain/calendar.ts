/**
 * Calendar-aligned periods: "one month from the 1st, in New York". Days there have 23, 24 or 25 hours and months 28 to
 * 31 days, so a period is found by its dates and only then measured. Node's own ICU data knows the time zones.
 */
import type { SloWindow } from "../model.ts";

export type CalendarWindow = Extract<SloWindow, { kind: "calendar" }>;

/** From `start` up to but without `end`; seconds since 1970. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Months or days in one step of a unit. */
const STEPS = {
  d: { days: 1, months: 0 },
  w: { days: 7, months: 0 },
  M: { days: 0, months: 1 },
  Q: { days: 0, months: 3 },
  Y: { days: 0, months: 12 },
} as const;

/** A day and month count of one step, long enough that the first guess never overshoots by more than two steps. */
const MEAN_SECONDS = { days: 86_400, months: 2_629_746 } as const;

/**
 * Finds the period that holds a moment.
 *
 * A period that starts on the 31st starts on the last day of a shorter month, and on the 31st again in the next.
 *
 * @param window the calendar window; its `start` is the start of any one period.
 * @param at seconds since 1970.
 */
export function calendarPeriod(window: CalendarWindow, at: number): Period {
  const anchor = parseStart(window.start);
  const step = STEPS[window.unit];
  const stepSeconds = window.count * (step.days * MEAN_SECONDS.days + step.months * MEAN_SECONDS.months);
  const startOf = (index: number): number => {
    const moved = { ...anchor };
    moved.day += index * window.count * step.days;
    addMonths(moved, index * window.count * step.months);
    return toEpochSeconds(moved, window.timeZone);
  };
  let index = Math.floor((at - startOf(0)) / stepSeconds);
  while (startOf(index) > at) index -= 1;
  while (startOf(index + 1) <= at) index += 1;
  return { start: startOf(index), end: startOf(index + 1) };
}

interface LocalTime {
  year: number;
  /** 1 to 12. */
  month: number;
  /** May lie outside of the month: `Date.UTC` carries it over. */
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function parseStart(start: string): LocalTime {
  const [year, month, day, hour, minute, second] = start.split(/[- :]/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { year, month, day, hour, minute, second };
}

function addMonths(time: LocalTime, months: number): void {
  if (months === 0) return;
  const total = time.year * 12 + time.month - 1 + months;
  time.year = Math.floor(total / 12);
  time.month = total - time.year * 12 + 1;
  const lastDay = new Date(Date.UTC(time.year, time.month, 0)).getUTCDate();
  time.day = Math.min(time.day, lastDay);
}

/** The moment when a zone's clocks show a local time; in the hour that spring skips, the moment an hour later. */
function toEpochSeconds(time: LocalTime, timeZone: string): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second) / 1000;
  const first = asUtc - offsetSeconds(asUtc, timeZone);
  const second = asUtc - offsetSeconds(first, timeZone);
  return first === second || second + offsetSeconds(second, timeZone) === asUtc
    ? second
    : Math.max(first, second);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's clocks are ahead of UTC at a moment. */
function offsetSeconds(epochSeconds: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(timeZone, formatter);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(epochSeconds * 1000)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - epochSeconds;
}
