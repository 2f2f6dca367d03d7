/**
 * The arithmetic of the budgeting method Timeslices, where a moment counts instead of an event: a slice is good or bad
 * as a whole. Durations are seconds, shares are 0 to 1.
 */
import { exact } from "../decimal.ts";
import { errorThreshold } from "./arithmetic.ts";
import type { TierShape } from "./arithmetic.ts";

/** How many slices a period holds: 1 w of 1 min slices is 10,080. */
export function sliceCount(periodSeconds: number, sliceSeconds: number): number {
  return exact(periodSeconds / sliceSeconds);
}

/** How many of them may be bad, as a fraction: 99.95 % of 10,080 is 5.04, so 5 pass and 6 fail. */
export function allowedBadSlices(target: number, slices: number): number {
  return exact((1 - target) * slices);
}

/**
 * The share of bad slices that a constant share of bad events makes: all of them when the good share is below the
 * slice target, else none.
 */
export function badSliceRatio(errorRatio: number, sliceTarget: number): 0 | 1 {
  return exact(1 - errorRatio) < sliceTarget ? 1 : 0;
}

/**
 * Time until so many slices in a row are bad that their share of the long window is above θ: whole slices only.
 *
 * @returns seconds, or undefined when even a window of nothing but bad slices is not above θ.
 */
export function sliceDetectionSeconds(
  tier: TierShape,
  target: number,
  sliceSeconds: number,
): number | undefined {
  const threshold = errorThreshold(tier.factor, target);
  if (threshold >= 1) return undefined;
  const slower = Math.max(tier.longSeconds, tier.shortSeconds);
  const needed = Math.floor(exact((threshold * slower) / sliceSeconds)) + 1;
  return needed * sliceSeconds + (tier.forSeconds ?? 0);
}

/**
 * Time from the last bad slice until the short window, full of them before, holds no more than θ of them.
 *
 * @returns seconds, or undefined when the tier never fired.
 */
export function sliceResetSeconds(tier: TierShape, target: number, sliceSeconds: number): number | undefined {
  const threshold = errorThreshold(tier.factor, target);
  if (threshold >= 1) return undefined;
  const slices = Math.floor(exact(Math.min(tier.longSeconds, tier.shortSeconds) / sliceSeconds));
  return (slices - Math.floor(exact(threshold * slices))) * sliceSeconds;
}
