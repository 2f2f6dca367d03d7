import { sessions } from "./behaviour.ts";

export interface SessionsOptions {
  /** Hour of the local day with the most sessions, 0 to 24. */
  peakHour: number;
  /** Milliseconds that a day takes. */
  dayLength: number;
}

/**
 * Signed-in people at a moment: a cosine over the local day, highest at the peak hour and lowest 12 hours from it.
 *
 * @param epochMs milliseconds since 1970.
 * @returns people; not rounded, without jitter.
 */
export function sessionsAt(epochMs: number, { peakHour, dayLength }: SessionsOptions): number {
  const localMs = epochMs - new Date(epochMs).getTimezoneOffset() * 60_000;
  const turn = localMs / dayLength - peakHour / 24;
  return sessions.fewest + (sessions.most - sessions.fewest) * (0.5 + 0.5 * Math.cos(2 * Math.PI * turn));
}
