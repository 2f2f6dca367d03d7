import type { Day } from "./traffic.ts";

const HOURS = 24;
const DAYS_IN_A_WEEK = 7;
/** The epoch began on a Thursday; weekdays are numbered from Sunday = 0. */
const EPOCH_WEEKDAY = 4;

/**
 * The curve of a day (reference 2.4, with the peak hour as a parameter):
 * `trough + (1 - trough) × (0.5 + 0.5 × cos(2π (hour - peakHour) / 24))`.
 * It is 1 at the peak hour and `trough` exactly 12 hours away from it.
 *
 * @param hour hour of the day with its fraction; any real number, the curve repeats every 24.
 * @returns a multiplier from `trough` to 1.
 */
export function diurnalMultiplier(
  hour: number,
  { peakHour, trough }: Pick<Day, "peakHour" | "trough">,
): number {
  const wave = 0.5 + 0.5 * Math.cos((2 * Math.PI * (hour - peakHour)) / HOURS);
  return trough + (1 - trough) * wave;
}

/**
 * The curve of a day times the factor of its weekday.
 *
 * @param localSeconds seconds since 1970-01-01 00:00 on the local clock (not UTC).
 * @param day the curve; with `lengthSeconds` = 86,400 its days and weekdays are the calendar's.
 * @returns a multiplier from `trough × weekend` to 1.
 */
export function dayMultiplier(localSeconds: number, day: Day): number {
  const days = localSeconds / day.lengthSeconds;
  const dayNumber = Math.floor(days);
  const factor = isWeekend(dayNumber) ? day.weekend : 1;
  return factor * diurnalMultiplier((days - dayNumber) * HOURS, day);
}

function isWeekend(dayNumber: number): boolean {
  const weekday = (((dayNumber + EPOCH_WEEKDAY) % DAYS_IN_A_WEEK) + DAYS_IN_A_WEEK) % DAYS_IN_A_WEEK;
  return weekday === 0 || weekday === 6;
}
