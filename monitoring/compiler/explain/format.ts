import { decimal, exact } from "../decimal.ts";
import { DAY, HOUR, MINUTE } from "../duration.ts";

/** Up to here a time is read better in the smaller unit. */
const SECONDS_UP_TO = 5 * MINUTE;
const MINUTES_UP_TO = 6 * HOUR;
const HOURS_UP_TO = 3 * DAY;

export interface TimeOptions {
  /** The first time that is printed in hours. @default 6 h */
  readonly hoursFrom?: number;
}

/**
 * Prints a length of time in one unit: `51.84 s`, `17.28 min`, `7.2 h`, `5 d`.
 *
 * Two decimals; minutes that two decimals do not express get one, for more would be false precision.
 *
 * @param seconds not negative; null prints as `never`.
 */
export function time(seconds: number | null, { hoursFrom = MINUTES_UP_TO }: TimeOptions = {}): string {
  if (seconds === null) return "never";
  if (seconds < SECONDS_UP_TO) return `${rounded(seconds, 2)} s`;
  if (seconds < hoursFrom) {
    const minutes = seconds / MINUTE;
    const hundredths = minutes * 100;
    const isExact = Math.abs(hundredths - Math.round(hundredths)) < 1e-6;
    return `${rounded(minutes, isExact ? 2 : 1)} min`;
  }
  return seconds < HOURS_UP_TO ? `${rounded(seconds / HOUR, 2)} h` : `${rounded(seconds / DAY, 2)} d`;
}

/** Prints a number with commas between thousands: `10,080`, `5.04`. */
export function grouped(value: number): string {
  const [whole = "", fraction] = decimal(value).split(".");
  const groups = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** Prints a share as people say it: 0.9995 → `99.95 %`. */
export function percent(share: number): string {
  return `${decimal(share * 100)} %`;
}

/** Prints a share rounded up to a ten-thousandth of a percent, for advice that must help: 0.93055… → `93.0556 %`. */
export function percentAtLeast(share: number): string {
  return percent(Math.ceil(exact(share * 1e6)) / 1e6);
}

/** Joins words: `a`, `a or b`, `a, b or c`. */
export function listed(words: readonly string[], conjunction: "or" | "and" = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

function rounded(value: number, decimals: number): string {
  return decimal(Number(value.toFixed(decimals)));
}
