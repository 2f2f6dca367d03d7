/**
 * Alert tiers and recording windows, as data. Change a tier here and every rule, test and explanation follows.
 *
 * Source of shares and windows: Google's SRE Workbook, chapter 5, "Alerting on SLOs", table 5-8 and the text
 * around it (2 % in 1 h, 5 % in 6 h, 10 % in 1 d, 10 % in 3 d; short window = 1/12 of the long one).
 */
import { exact } from "./decimal.ts";
import { DAY, HOUR, MINUTE, duration } from "./duration.ts";

/** What is chosen: the share of the budget that may burn within the long window before somebody is told. */
export interface TierPolicy {
  readonly name: string;
  readonly severity: "critical" | "warning";
  /** Share of the period's error budget, above 0 and up to 1. */
  readonly budgetShare: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** The alert's `for`: how long the condition must hold (OpenSLO's alertAfter). @default 0 */
  readonly forSeconds?: number;
  /** Alert labels of this tier alone, besides the SLO's: an AlertPolicy's notification targets. @default none */
  readonly routing?: Readonly<Record<string, string>>;
}

/** A policy with the burn-rate factor that it means for one SLO period. */
export interface Tier extends TierPolicy {
  /** The burn rate above which both windows must be. */
  readonly factor: number;
}

/**
 * Tells whether an alert, a tier or a notification wakes somebody; all else is a ticket. The one place that knows which
 * severity that is.
 *
 * @param severity as the alert's label has it; nothing where there is no such label.
 */
export function isPage({ severity }: { readonly severity: string | null | undefined }): boolean {
  return severity === ("critical" satisfies TierPolicy["severity"]);
}

export const defaultTiers: readonly TierPolicy[] = [
  { name: "page-fast", severity: "critical", budgetShare: 0.02, longSeconds: HOUR, shortSeconds: 5 * MINUTE },
  {
    name: "page-slow",
    severity: "critical",
    budgetShare: 0.05,
    longSeconds: 6 * HOUR,
    shortSeconds: 30 * MINUTE,
  },
  { name: "ticket-fast", severity: "warning", budgetShare: 0.1, longSeconds: DAY, shortSeconds: 2 * HOUR },
  {
    name: "ticket-slow",
    severity: "warning",
    budgetShare: 0.1,
    longSeconds: 3 * DAY,
    shortSeconds: 6 * HOUR,
  },
];

/** Windows that are recorded for every SLO besides those of its tiers and its own period; in seconds. */
export const recordedWindows: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  DAY,
  3 * DAY,
];

/**
 * How a window is counted, and how often. `short`: from the raw series, up to an hour. `medium`: the newest hour as
 * `short` has it, and what is older from one count a minute. `long`: the same, and what is older from tiles.
 * No interval reaches 5 minutes: Prometheus looks back that far, and a series written less often would blink.
 */
export const constructions = {
  short: { intervalSeconds: 15, toSeconds: HOUR },
  medium: { intervalSeconds: MINUTE, toSeconds: DAY - 1 },
  long: { intervalSeconds: 4 * MINUTE, toSeconds: Infinity },
} as const;

export type Construction = keyof typeof constructions;

/** Budget left, as a share, below which the ErrorBudgetLow ticket is opened. */
export const budgetLowShare = 0.25;

/** How long the total's series may be gone before SloNoData fires: longer than a restart of the service. */
export const noDataForSeconds = 10 * MINUTE;

/**
 * Tells how a window is counted.
 *
 * @param seconds the window's length, in seconds.
 * @returns its construction; the length alone decides.
 * @throws RangeError when the construction cannot express the length: whole minutes from an hour on, multiples of
 *   four minutes from a day on.
 */
export function constructionOf(seconds: number): Construction {
  if (seconds <= constructions.short.toSeconds) return "short";
  const name = seconds <= constructions.medium.toSeconds ? "medium" : "long";
  const step = constructions[name].intervalSeconds;
  if (seconds % step === 0) return name;
  throw new RangeError(
    `window ${duration(seconds)}: a window of ${name === "long" ? "a day or more" : "more than an hour"} ` +
      `must be a multiple of ${duration(step)}`,
  );
}

/**
 * Tells which group evaluates a window: that of its construction, but a page does not wait for the next minute. What is
 * older than an hour is in slides either way, so the long window of a page costs a sum of some hundred samples more
 * often, and no look at raw series.
 *
 * @param seconds the window's length.
 * @param tiers of the SLO.
 * @throws RangeError as `constructionOf`.
 */
export function groupOf(
  seconds: number,
  tiers: readonly Pick<TierPolicy, "severity" | "longSeconds">[],
): Construction {
  const construction = constructionOf(seconds);
  const pages = tiers.some((tier) => isPage(tier) && tier.longSeconds === seconds);
  return construction === "medium" && pages ? "short" : construction;
}

/**
 * Computes each tier's burn-rate factor: factor = budget share × period ÷ long window (SRE Workbook, chapter 5).
 *
 * @param policies the tiers; `defaultTiers` unless an SLO brings its own.
 * @param periodSeconds the SLO's period; 30 days give 14.4, 6, 3 and 1.
 * @returns the tiers, in the order given.
 */
export function tiersFor(policies: readonly TierPolicy[], periodSeconds: number): Tier[] {
  return policies.map((policy) => ({
    ...policy,
    factor: exact((policy.budgetShare * periodSeconds) / policy.longSeconds),
  }));
}
