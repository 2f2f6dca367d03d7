/** The alerts of one SLO. One rule a tier, so that Alertmanager can silence the slower ones by `slo_tier`. */
import { decimal } from "../decimal.ts";
import { HOUR, MINUTE, duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { alertName, label, sloSeries } from "../names.ts";
import { budgetLowShare, isPage, noDataForSeconds } from "../windows.ts";
import type { Tier } from "../windows.ts";
import { budgetAnnotations, burnRateAnnotations, noDataAnnotations } from "./annotations.ts";
import type { LinkBases } from "./annotations.ts";
import { own } from "./promql.ts";
import type { AlertRule } from "./rule.ts";

/**
 * The burn-rate alert of one tier: both windows above the factor. No `for`: the short window does that work.
 *
 * @param slo whose budget.
 * @param tier one of its tiers.
 * @param bases where the links lead.
 * @returns a rule whose value is the burn rate over the long window.
 */
export function burnRateAlert(slo: Slo, tier: Tier, bases: LinkBases): AlertRule {
  const alert = isPage(tier) ? alertName.burnRateCritical : alertName.burnRateWarning;
  const above = (window: number): string =>
    `${own(sloSeries.burnRate(slo.sli, window), slo)} > ${decimal(tier.factor)}`;
  const enough =
    slo.alerting.minimumEvents > 0
      ? [`${own(sloSeries.total(slo.sli, tier.longSeconds), slo)} >= ${decimal(slo.alerting.minimumEvents)}`]
      : [];
  return {
    alert,
    // Each selector names one series; `on ()` keeps it at that, instead of matching their labels once more.
    expr: [above(tier.longSeconds), above(tier.shortSeconds), ...enough].join("\nand on ()\n"),
    ...(tier.forSeconds ? { forSeconds: tier.forSeconds } : {}),
    labels: {
      ...slo.alerting.routing,
      ...tier.routing,
      ...commonLabels(slo, tier.severity),
      [label.tier]: tier.name,
      [label.longWindow]: duration(tier.longSeconds),
      [label.shortWindow]: duration(tier.shortSeconds),
    },
    annotations: burnRateAnnotations(slo, tier, alert, bases),
  };
}

/** The two tickets about the period's budget: low, then spent. Neither wakes anybody. */
export function budgetAlerts(slo: Slo, bases: LinkBases): AlertRule[] {
  const remaining = own(sloSeries.remaining(slo.sli), slo);
  const labels = { ...slo.alerting.routing, ...commonLabels(slo, "warning") };
  return [
    {
      alert: alertName.low,
      expr: `${remaining} > 0\nand on ()\n${remaining} < ${decimal(budgetLowShare)}`,
      labels,
      annotations: budgetAnnotations(slo, alertName.low, rateWindow(slo), bases),
    },
    {
      alert: alertName.exhausted,
      expr: `${remaining} <= 0`,
      labels,
      annotations: budgetAnnotations(slo, alertName.exhausted, rateWindow(slo), bases),
    },
  ];
}

/** The window whose burn rate the budget alerts mention, in seconds: an hour, or one slice where that is longer. */
export function rateWindow(slo: Slo): number {
  return slo.budgeting.method === "Occurrences" ? HOUR : Math.max(HOUR, slo.budgeting.sliceSeconds);
}

/**
 * The alert for an SLI whose total is gone. An idle service is not gone: its counters exist and stand still, and the
 * recorded total is 0.
 *
 * @param window a recorded window, in seconds, whose total is looked for.
 */
export function noDataAlert(slo: Slo, window: number, bases: LinkBases): AlertRule {
  return {
    alert: alertName.noData,
    expr: `absent(${own(sloSeries.total(slo.sli, window), slo)})`,
    forSeconds: noDataForSeconds,
    labels: { ...slo.alerting.routing, ...commonLabels(slo, "warning") },
    annotations: noDataAnnotations(slo, alertName.noData, bases),
  };
}

/** The window whose absence means no data: five minutes, or one slice where that is longer. */
export function noDataWindow(slo: Slo): number {
  const shortest = 5 * MINUTE;
  return slo.budgeting.method === "Occurrences" ? shortest : Math.max(shortest, slo.budgeting.sliceSeconds);
}

function commonLabels(slo: Slo, severity: string): Record<string, string> {
  return { [label.severity]: severity, [label.category]: "slo", [label.sli]: slo.sli };
}
