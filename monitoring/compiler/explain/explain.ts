import { exact } from "../decimal.ts";
import type { Slo } from "../model.ts";
import type { Tier } from "../windows.ts";
import {
  budgetEvents,
  budgetSeconds,
  budgetSpentAtDetection,
  canFire,
  detectionSeconds,
  errorBudget,
  errorThreshold,
  exhaustionSeconds,
  lowestReachableTarget,
  resetSeconds,
  resetSecondsOfLongWindow,
} from "./arithmetic.ts";
import { calendarPeriod } from "./calendar.ts";
import {
  allowedBadSlices,
  badSliceRatio,
  sliceCount,
  sliceDetectionSeconds,
  sliceResetSeconds,
} from "./slices.ts";

/** The error ratios that every tier is tried at. */
export const errorRatios: readonly number[] = [1, 0.1, 0.05, 0.01, 0.005];

/** A budget in events needs a number of events; nobody knows the traffic here. */
const EVENTS = 1_000_000;

/** What happens to a tier while this share of events is bad. `null` means never. */
interface Trial {
  readonly errorRatio: number;
  readonly firesAfterSeconds: number | null;
  readonly clearsAfterSeconds: number | null;
  /** What clearing would take without the short window. */
  readonly clearsAfterSecondsWithoutShortWindow: number | null;
}

export interface TierExplanation {
  readonly name: string;
  readonly severity: Tier["severity"];
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly factor: number;
  /** The share of bad events (of bad slices, with Timeslices) above which both windows must be. */
  readonly threshold: number;
  readonly budgetSpentAtDetection: number;
  /** How long a whole budget lasts at just this burn rate. */
  readonly exhaustionSeconds: number;
  readonly canFire: boolean;
  readonly lowestReachableTarget: number;
  readonly trials: readonly Trial[];
}

export interface SloExplanation {
  readonly name: string;
  readonly service: string;
  readonly target: number;
  readonly method: Slo["budgeting"]["method"];
  readonly window: Slo["window"];
  /** The length that the budget is reckoned with: of a calendar window, the present period's. */
  readonly periodSeconds: number;
  /** Of a calendar window: the present period, in seconds since 1970. */
  readonly period?: { readonly start: number; readonly end: number };
  readonly budget: {
    readonly share: number;
    /** Seconds of full outage at even traffic. */
    readonly seconds: number;
    readonly eventsPerMillion: number;
    /** With Timeslices: how many slices there are and how many may be bad. */
    readonly slices?: { readonly total: number; readonly bad: number };
  };
  readonly tiers: readonly TierExplanation[];
  readonly source: Slo["source"];
}

/**
 * Works out what an SLO means: its budget, and when each of its alerts fires and clears.
 *
 * @param slo from `loadSlos`.
 * @param now seconds since 1970; only a calendar window looks at it.
 */
export function explainSlo(slo: Slo, now: number): SloExplanation {
  const { target, budgeting, window } = slo;
  const period = window.kind === "calendar" ? calendarPeriod(window, now) : undefined;
  const periodSeconds = period === undefined ? window.seconds : period.end - period.start;
  const slices =
    budgeting.method === "Timeslices" ? sliceCount(periodSeconds, budgeting.sliceSeconds) : undefined;
  return {
    name: slo.name,
    service: slo.service,
    target,
    method: budgeting.method,
    window,
    periodSeconds,
    ...(period !== undefined && { period }),
    budget: {
      share: errorBudget(target),
      seconds: budgetSeconds(target, periodSeconds),
      eventsPerMillion: budgetEvents(target, EVENTS),
      ...(slices !== undefined && { slices: { total: slices, bad: allowedBadSlices(target, slices) } }),
    },
    tiers: slo.alerting.tiers.map((tier) => explainTier(tier, slo)),
    source: slo.source,
  };
}

function explainTier(tier: Tier, slo: Slo): TierExplanation {
  const { target, window } = slo;
  return {
    name: tier.name,
    severity: tier.severity,
    longSeconds: tier.longSeconds,
    shortSeconds: tier.shortSeconds,
    factor: tier.factor,
    threshold: errorThreshold(tier.factor, target),
    budgetSpentAtDetection: budgetSpentAtDetection(tier, window.seconds),
    exhaustionSeconds: exhaustionSeconds(tier.factor, window.seconds),
    canFire: canFire(tier.factor, target),
    lowestReachableTarget: lowestReachableTarget(tier.factor),
    trials: errorRatios.map((errorRatio) => tryTier(tier, slo, errorRatio)),
  };
}

function tryTier(tier: Tier, { target, budgeting }: Slo, errorRatio: number): Trial {
  const long = { ...tier, shortSeconds: tier.longSeconds };
  if (budgeting.method === "Timeslices") {
    const bad = badSliceRatio(errorRatio, budgeting.sliceTarget) === 1;
    const { sliceSeconds } = budgeting;
    return {
      errorRatio,
      firesAfterSeconds: (bad && sliceDetectionSeconds(tier, target, sliceSeconds)) || null,
      clearsAfterSeconds: (bad && sliceResetSeconds(tier, target, sliceSeconds)) || null,
      clearsAfterSecondsWithoutShortWindow: (bad && sliceResetSeconds(long, target, sliceSeconds)) || null,
    };
  }
  return {
    errorRatio: exact(errorRatio),
    firesAfterSeconds: detectionSeconds(tier, target, errorRatio) ?? null,
    clearsAfterSeconds: resetSeconds(tier, target, errorRatio) ?? null,
    clearsAfterSecondsWithoutShortWindow: resetSecondsOfLongWindow(tier, target, errorRatio) ?? null,
  };
}
