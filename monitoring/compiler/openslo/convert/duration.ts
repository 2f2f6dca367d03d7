import { DAY, HOUR, MINUTE } from "../../duration.ts";

/** Nominal lengths in seconds, as OpenSLO's SDK has them. The case counts: m is minutes, M is months. */
const UNITS = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY, M: 30 * DAY, Q: 90 * DAY, Y: 365 * DAY } as const;

export interface OpenSloDuration {
  readonly count: number;
  readonly unit: keyof typeof UNITS;
  readonly seconds: number;
}

/**
 * Reads OpenSLO's duration shorthand: a whole number and one of m h d w M Q Y.
 *
 * @returns undefined when the text has another form.
 */
export function parseDuration(text: string): OpenSloDuration | undefined {
  const match = /^(\d+)([mhdwMQY])$/.exec(text);
  if (match === null) return undefined;
  const count = Number(match[1]);
  const unit = match[2] as keyof typeof UNITS;
  return { count, unit, seconds: count * UNITS[unit] };
}

/**
 * Length of a duration that the schema has checked.
 *
 * @throws RangeError when it was not checked after all.
 */
export function secondsOf(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new RangeError(`not a duration: ${text}`);
  return parsed.seconds;
}
