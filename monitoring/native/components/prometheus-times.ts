import { duration } from "../../compiler/duration.ts";

/** Prometheus' own times in seconds, as its command line has them by default, and the least that works when scaled. */
const times = [
  // An instant query sees the last sample of a series for this long. Shorter than the windows, or a series that
  // ended would outlive them; longer than the slowest rule group's interval, or recorded series would flicker.
  { flag: "--query.lookback-delta", seconds: 300, least: 6 },
  // Alertmanager takes an alert for resolved when it hears nothing for four times this long: a machine under load
  // must not lose a page between two evaluations. A real end is sent at once, whatever this is.
  { flag: "--rules.alert.resend-delay", seconds: 60, least: 5 },
  { flag: "--rules.alert.for-grace-period", seconds: 600, least: 10 },
] as const;

/**
 * Prometheus' flags for times that its configuration file does not hold.
 *
 * @param timeScale how many times shorter they are; at 1 Prometheus' defaults stay and nothing is returned.
 */
export function prometheusTimes(timeScale: number): string[] {
  if (timeScale === 1) return [];
  return times.map(({ flag, seconds, least }) => `${flag}=${duration(Math.max(least, seconds / timeScale))}`);
}
