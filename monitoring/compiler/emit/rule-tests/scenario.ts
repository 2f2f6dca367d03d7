/**
 * The arithmetic of an incident, without PromQL: even traffic, errors at one share from one moment to another. Rule
 * tests ask it when an alert must fire and clear; explain/arithmetic.ts has the same as formulas.
 */
import { exact } from "../../decimal.ts";
import { MINUTE } from "../../duration.ts";
import type { Slo } from "../../model.ts";
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

/** Events a second, where nothing asks for more. */
const usualRate = 10;

/**
 * How much traffic a test plays.
 *
 * @param minimumEvents what the alert wants to see before it fires; twice as much is played.
 * @param seconds within what time.
 * @returns whole events a second.
 */
export function trafficRate(minimumEvents: number, seconds: number): number {
  return Math.max(usualRate, Math.ceil((2 * minimumEvents) / seconds));
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

/** An incident to play. */
interface Incident {
  /** Whose target and minimum of events. */
  readonly slo: Slo;
  /** Whose alert. */
  readonly tier: Tier;
  /** The bad share; above the tier's threshold. */
  readonly errorRatio: number;
  /** When it begins, in seconds. */
  readonly start: number;
  /** How often is looked, in seconds. */
  readonly step: number;
}

/** Plays an incident that lasts until the alert has fired, and on for a short window. */
export function playIncident({ slo, tier, errorRatio, start, step }: Incident): {
  scenario: Scenario;
  moments: Moments;
} {
  const { target, alerting } = slo;
  const rate = trafficRate(alerting.minimumEvents, tier.longSeconds);
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
