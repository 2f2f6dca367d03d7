import { duration } from "../../compiler/duration.ts";

const SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};
/** No interval gets shorter than this many seconds: a scrape or a group has work to do in it. */
const SHORTEST = 1;

/**
 * Makes a duration of Prometheus' and Alertmanager's configuration N times shorter, but not under one second.
 *
 * @param text such as `15s` or `1m30s`; `0s` stays as it is, because it means "at once".
 * @param timeScale how many times shorter; 1 changes nothing but the spelling.
 * @returns the duration in the same notation.
 * @throws RangeError when the text is no duration.
 */
export function scaleDuration(text: string, timeScale: number): string {
  const seconds = parseDuration(text);
  if (seconds === 0) return "0s";
  return duration(Math.min(seconds, Math.max(SHORTEST, seconds / timeScale)));
}

/** Reads a duration in Prometheus' notation; in seconds. Throws RangeError when it is none. */
export function parseDuration(text: string): number {
  if (!/^(\d+(y|w|d|h|ms|m|s))+$/.test(text))
    throw new RangeError(`got "${text}", want a duration such as 15s or 1m30s`);
  const terms = [...text.matchAll(/(\d+)(y|w|d|h|ms|m|s)/g)];
  return terms.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ""] ?? Number.NaN), 0);
}
