/** The policies that are always there to be compared. The others' shapes are written by us from their documented behaviour. */
import { exact } from "../../compiler/decimal.ts";
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import type { Slo } from "../../compiler/model.ts";
import { defaultTiers, isPage } from "../../compiler/windows.ts";
import { thresholdOf } from "./policy.ts";
import type { Condition, Policy, PolicyAlert } from "./policy.ts";

/** What this repository's compiler makes: the SLO's own tiers, one alert each, both windows, no `for`. */
const burnrate: Policy = {
  name: "burnrate",
  summary: "the SLO's own tiers, as `slo compile` writes them",
  alertsFor: (slo) =>
    slo.alerting.tiers.map((tier) => ({
      name: tier.name,
      severity: isPage(tier) ? "page" : "ticket",
      anyOf: [
        {
          ...pair(slo, tier.longSeconds, tier.shortSeconds, tier.factor),
          minimumEvents: slo.alerting.minimumEvents,
        },
      ],
      forSeconds: tier.forSeconds ?? 0,
    })),
};

/** sloth: the workbook's windows; the two page tiers are one alert, which ends when neither half holds, and so the tickets. */
const sloth: Policy = {
  name: "sloth",
  summary: "sloth's shape: one page and one ticket, each of two window pairs",
  alertsFor(slo) {
    const half = (name: string): Condition[] =>
      defaultTiers
        .filter((tier) => tier.name === name)
        .map(({ budgetShare, longSeconds, shortSeconds }) =>
          pair(slo, longSeconds, shortSeconds, exact((budgetShare * slo.window.seconds) / longSeconds)),
        );
    return [
      {
        name: "page",
        severity: "page",
        anyOf: [...half("page-fast"), ...half("page-slow")],
        forSeconds: 0,
      },
      {
        name: "ticket",
        severity: "ticket",
        anyOf: [...half("ticket-fast"), ...half("ticket-slow")],
        forSeconds: 0,
      },
    ];
  },
};

/** pyrra's windows are said for 28 days and stretched to the SLO's, in whole minutes; its factors are fixed. */
const pyrraPeriod = 28 * DAY;
const pyrraTiers = [
  { severity: "page", short: 5 * MINUTE, long: HOUR, for: 2 * MINUTE, factor: 14 },
  { severity: "page", short: 30 * MINUTE, long: 6 * HOUR, for: 15 * MINUTE, factor: 7 },
  { severity: "ticket", short: 2 * HOUR, long: DAY, for: HOUR, factor: 2 },
  { severity: "ticket", short: 6 * HOUR, long: 4 * DAY, for: 3 * HOUR, factor: 1 },
] as const;

const pyrra: Policy = {
  name: "pyrra",
  summary: "pyrra's shape: burn rates 14, 7, 2 and 1 over stretched windows, each with a `for`",
  alertsFor(slo) {
    const stretched = (seconds: number): number =>
      Math.max(1, Math.round((seconds * slo.window.seconds) / pyrraPeriod / MINUTE)) * MINUTE;
    return pyrraTiers.map(({ severity, short, long, factor, ...tier }) => ({
      name: `burn-${factor}`,
      severity,
      anyOf: [pair(slo, stretched(long), stretched(short), factor)],
      forSeconds: stretched(tier.for),
    }));
  },
};

/** What most teams begin with; it knows nothing of budgets. */
const plainThreshold = { share: 0.01, windowSeconds: 5 * MINUTE, forSeconds: 5 * MINUTE } as const;

const threshold: Policy = {
  name: "threshold",
  summary: "a plain threshold: error rate over 1 % for 5 minutes",
  alertsFor: (): PolicyAlert[] => [
    {
      name: "over-1-percent",
      severity: "page",
      anyOf: [
        {
          windows: [{ seconds: plainThreshold.windowSeconds, above: plainThreshold.share }],
          minimumEvents: 0,
        },
      ],
      forSeconds: plainThreshold.forSeconds,
    },
  ],
};

export const builtInPolicies: readonly Policy[] = [burnrate, sloth, pyrra, threshold];

function pair(slo: Slo, longSeconds: number, shortSeconds: number, factor: number): Condition {
  const above = thresholdOf(slo, factor);
  return {
    windows: [
      { seconds: longSeconds, above },
      { seconds: shortSeconds, above },
    ],
    minimumEvents: 0,
  };
}
