import { seededRandom } from "../services/kit/random.ts";
import type { Bursts } from "./traffic.ts";

/**
 * Whether a moment lies in a burst. Cycles are counted from the epoch and each is drawn by its own number, so any
 * moment, past or future, can be asked for alone, and everybody with the same seed sees the same bursts.
 *
 * @param seconds seconds since the epoch.
 * @returns true while a burst lasts.
 */
export function inBurst(seconds: number, bursts: Bursts, seed: number): boolean {
  const cycle = Math.floor(seconds / bursts.cycleSeconds);
  if (seconds - cycle * bursts.cycleSeconds >= bursts.seconds) return false;
  return seededRandom(seed, `burst ${cycle}`)() < bursts.probability;
}

/** What the rate is multiplied by at a moment: the factor of a burst, or 1. */
export function burstMultiplier(seconds: number, bursts: Bursts, seed: number): number {
  return inBurst(seconds, bursts, seed) ? bursts.factor : 1;
}
