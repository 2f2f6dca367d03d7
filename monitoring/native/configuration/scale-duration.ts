import { duration, parseDuration } from "../../compiler/duration.ts";

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
