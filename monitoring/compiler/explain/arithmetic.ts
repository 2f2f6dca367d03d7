/**
 * The arithmetic of error budgets and burn-rate alerts, as pure functions. All of it supposes constant traffic and a
 * clean history: errors begin at one moment and stay at one ratio.
 *
 * Symbols: budget b = 1 − target, period P, factor f, long window L, short window S, error ratio e, threshold θ = f·b.
 * Source: Google's SRE Workbook, chapter 5, "Alerting on SLOs"; durations are seconds, shares are 0 to 1.
 */
import { exact } from "../decimal.ts";
import type { Tier } from "../windows.ts";

/** What the arithmetic needs of a tier. */
export type TierShape = Pick<Tier, "factor" | "longSeconds" | "shortSeconds" | "forSeconds">;

/**
 * The share of events that may be bad: b = 1 − target.
 *
 * @param target above 0 and below 1.
 */
export function errorBudget(target: number): number {
  return exact(1 - target);
}

/** How long a full outage takes to use up the whole budget at even traffic: b·P. 99.9 % over 30 d gives 2,592 s. */
export function budgetSeconds(target: number, periodSeconds: number): number {
  return exact(errorBudget(target) * periodSeconds);
}

/** How many of so many events may be bad: b·events. */
export function budgetEvents(target: number, events: number): number {
  return exact(errorBudget(target) * events);
}

/** How many times faster than allowed the budget burns at an error ratio: e ÷ b. 1 lasts exactly one period. */
export function burnRate(errorRatio: number, target: number): number {
  return exact(errorRatio / errorBudget(target));
}

/** The budget left after a period with this error ratio: 1 − e ÷ b. Below zero when overspent; never clamped. */
export function remainingBudget(errorRatio: number, target: number): number {
  return exact(1 - errorRatio / errorBudget(target));
}

/** How long a whole budget lasts at a burn rate: P ÷ r. 14.4 over 30 d gives 50 h. */
export function exhaustionSeconds(rate: number, periodSeconds: number): number {
  return exact(periodSeconds / rate);
}

/** The error ratio that both windows must exceed: θ = f·b. At exactly θ the alert stays silent. */
export function errorThreshold(factor: number, target: number): number {
  return exact(factor * (1 - target));
}

/**
 * The target that a tier needs to be able to fire: above 1 − 1 ÷ f. Even when everything fails, the budget burns no
 * faster than 1 ÷ b.
 *
 * @returns a share; 0 for factors up to 1, which any target reaches.
 */
export function lowestReachableTarget(factor: number): number {
  return Math.max(0, exact(1 - 1 / factor));
}

/** Whether a full outage makes the tier fire: θ below 1. */
export function canFire(factor: number, target: number): boolean {
  return errorThreshold(factor, target) < 1;
}

/**
 * Time from the first error until the tier's condition holds: θ·max(L, S) ÷ e, and the tier's `for` on top. Scrape and
 * evaluation lag come on top of that.
 *
 * @returns seconds, or undefined when the error ratio is not above θ: it never fires.
 */
export function detectionSeconds(tier: TierShape, target: number, errorRatio: number): number | undefined {
  const threshold = errorThreshold(tier.factor, target);
  if (errorRatio <= threshold) return undefined;
  const slower = Math.max(tier.longSeconds, tier.shortSeconds);
  return exact((threshold * slower) / errorRatio + (tier.forSeconds ?? 0));
}

/**
 * Time from the last error until the alert clears, when the errors lasted at least a long window: the short window
 * falls below θ first, after S·(1 − θ ÷ e).
 *
 * @returns seconds, or undefined when the tier never fired at this error ratio.
 */
export function resetSeconds(tier: TierShape, target: number, errorRatio: number): number | undefined {
  return drainSeconds(Math.min(tier.longSeconds, tier.shortSeconds), tier.factor, target, errorRatio);
}

/** What `resetSeconds` would be without a short window, L·(1 − θ ÷ e): why there is one. */
export function resetSecondsOfLongWindow(
  tier: TierShape,
  target: number,
  errorRatio: number,
): number | undefined {
  return drainSeconds(tier.longSeconds, tier.factor, target, errorRatio);
}

/** Share of the period's budget that is gone when the tier fires: f·L ÷ P, whatever the error ratio and the target. */
export function budgetSpentAtDetection(tier: TierShape, periodSeconds: number): number {
  return exact((tier.factor * tier.longSeconds) / periodSeconds);
}

function drainSeconds(
  windowSeconds: number,
  factor: number,
  target: number,
  errorRatio: number,
): number | undefined {
  const threshold = errorThreshold(factor, target);
  if (errorRatio <= threshold) return undefined;
  return exact(windowSeconds * (1 - threshold / errorRatio));
}
