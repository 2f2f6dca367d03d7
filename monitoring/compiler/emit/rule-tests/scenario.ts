/**
 * The arithmetic of an incident, without PromQL: even traffic, errors at one share from one moment to another. Rule
 * tests ask it when an alert must fire and clear; explain/arithmetic.ts has the same as formulas.
 */
import { exact } from "../../decimal.ts";
import { MINUTE } from "../../duration.ts";
import type { Tier } from "../../windows.ts";

/** All times in seconds from the start of a test. */
export interface Scenario {
  /** Events a second. */
  readonly rate: number;
  /** The bad share while the incident lasts. */
  readonly errorRatio: number;
  readonly start: number;
  readonly end: number;
  /** Good events that only the tier's long window still holds, besides those since the test's start. */
  readonly history: number;
}

/** Bad and total events from one moment to another. */
export interface Events {
  readonly bad: number;
  readonly total: number;
}

export function eventsBetween({ rate, errorRatio, start, end }: Scenario, from: number, to: number): Events {
  const overlap = (a: number, b: number): number => Math.max(0, Math.min(b, to) - Math.max(a, from));
  return { bad: overlap(start, end) * rate * errorRatio, total: overlap(0, Infinity) * rate };
}

/** How long a partial failure takes to be noticed in a test, if nothing else decides: past the newest hour. */
const partialDetection = 86.4 * MINUTE;

/**
 * The shares of bad events that a tier is tried with: all, and some of them.
 *
 * @returns none for a tier that cannot fire: even a full outage burns no faster than 1 ÷ budget.
 */
export function incidentShares(tier: Tier, target: number): number[] {
  const threshold = exact(tier.factor * (1 - target));
  const partly = exact(Math.max(0.05, threshold * 3.5, (threshold * tier.longSeconds) / partialDetection));
  return [1, partly].filter((share, index) => share > threshold && (index === 0 || share < 1));
}

/** When an alert fires and clears, if it is looked at every `step` seconds. */
export interface Moments {
  readonly fires: number;
  readonly clears: number;
}

/** How much longer than its detection an incident lasts, at most: until the short window decides when it clears. */
const afterDetection = 30 * MINUTE;

/**
 * Plays an incident that lasts until the alert has fired, and on for a short window.
 *
 * @param tier whose alert.
 * @param target the objective, as a share.
 * @param errorRatio the bad share; above the tier's threshold.
 * @param start when the incident begins.
 * @param step how often is looked, in seconds.
 */
export function playIncident(
  tier: Tier,
  target: number,
  errorRatio: number,
  start: number,
  step: number,
): { scenario: Scenario; moments: Moments } {
  const rate = 10;
  const threshold = exact(tier.factor * (1 - target));
  const detection = (threshold * tier.longSeconds) / errorRatio;
  const history = Math.max(0, rate * (tier.longSeconds - start - detection));
  const endless: Scenario = { rate, errorRatio, start, end: Infinity, history };
  const fires = firstStep(start, step, (at) => isBurning(endless, tier, threshold, at));
  const lasting = fires - start + (tier.forSeconds ?? 0) + Math.min(tier.shortSeconds, afterDetection);
  const end = start + Math.ceil(lasting / step) * step;
  const scenario = { ...endless, end };
  const clears = firstStep(end, step, (at) => !isBurning(scenario, tier, threshold, at));
  return { scenario, moments: { fires: fires + Math.ceil((tier.forSeconds ?? 0) / step) * step, clears } };
}

function isBurning(scenario: Scenario, tier: Tier, threshold: number, at: number): boolean {
  const share = (window: number, history: number): number => {
    const { bad, total } = eventsBetween(scenario, at - window, at);
    return bad / (total + history);
  };
  return share(tier.longSeconds, scenario.history) > threshold && share(tier.shortSeconds, 0) > threshold;
}

function firstStep(from: number, step: number, holds: (at: number) => boolean): number {
  let at = Math.ceil(from / step) * step;
  while (!holds(at)) at += step;
  return at;
}
