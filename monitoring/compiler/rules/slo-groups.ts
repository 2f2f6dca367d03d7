/** All rules of one SLO, in groups that are evaluated as often as their windows are long. */
import { decimal } from "../decimal.ts";
import type { Slo } from "../model.ts";
import { objectiveSeries, sloSeries } from "../names.ts";
import { constructionOf, constructions, groupOf, recordedWindows } from "../windows.ts";
import type { Construction } from "../windows.ts";
import { budgetAlerts, burnRateAlert, noDataAlert, noDataWindow } from "./alerts.ts";
import type { LinkBases } from "./annotations.ts";
import { calendarParts, calendarRules } from "./calendar.ts";
import { shortCounts } from "./counts.ts";
import { planWindows } from "./plan.ts";
import type { WindowPlan } from "./plan.ts";
import { identity } from "./promql.ts";
import { burnRateRule, countNames, ratioRule, remainingRule } from "./ratios.ts";
import type { RecordingRule, Rule, RuleGroup } from "./rule.ts";
import { sampleRules } from "./samples.ts";
import { sliceRules, slicesOfWindow } from "./slices.ts";
import { longCounts, mediumCounts, slideRules, tileRules } from "./windows-above-an-hour.ts";

/**
 * Compiles one SLO.
 *
 * An alert lives in the group that records its long window, below that window's burn rate, so it sees a value that is
 * as old as itself. A page's long window is in the short group, whatever its length (`groupOf`).
 *
 * @param slo what the front made of one OpenSLO objective.
 * @param bases where the links of its alerts lead.
 * @returns up to four groups, in the order in which they feed each other.
 * @throws RangeError when a window cannot be recorded; the message names the SLO.
 */
export function sloGroups(slo: Slo, bases: LinkBases): RuleGroup[] {
  const plan = planWindows(slo);
  const slices = slo.budgeting.method === "Occurrences" ? undefined : slo.budgeting.sliceSeconds;
  const group = (part: string, intervalSeconds: number, rules: Rule[]): RuleGroup[] =>
    rules.length === 0 ? [] : [{ name: `slo-${slo.name}-${part}`, intervalSeconds, rules }];
  const { short, medium, long } = constructions;
  const windows = (name: Construction): Rule[] => windowRules(slo, plan, name, bases);
  const alone = slo.alerting.whenNoData ? [noDataAlert(slo, noDataWindow(slo), bases)] : [];
  const parts = slo.window.kind === "calendar" ? calendarParts(slo) : [];
  if (slices === undefined) {
    const slides = plan.medium.length + plan.long.length > 0 || slo.window.kind === "calendar";
    const tiles = plan.long.length > 0 || slo.window.kind === "calendar";
    return [
      ...group("short", short.intervalSeconds, [...sampleRules(slo), ...windows("short"), ...alone]),
      ...group("medium", medium.intervalSeconds, [...(slides ? slideRules(slo) : []), ...windows("medium")]),
      ...group("long", long.intervalSeconds, [
        ...(tiles ? tileRules(slo) : []),
        ...parts,
        ...windows("long"),
      ]),
    ];
  }
  return [
    ...group("samples", short.intervalSeconds, sampleRules(slo)),
    ...group("slices", slices, [...sliceRules(slo), ...parts]),
    ...group("short", Math.max(short.intervalSeconds, Math.min(slices, medium.intervalSeconds)), [
      ...windows("short"),
      ...alone,
    ]),
    ...group("medium", medium.intervalSeconds, windows("medium")),
    ...group("long", long.intervalSeconds, windows("long")),
  ];
}

function windowRules(slo: Slo, plan: WindowPlan, name: Construction, bases: LinkBases): Rule[] {
  const windows = windowsOf(slo, plan, name);
  const rated = new Set(slo.alerting.tiers.flatMap((tier) => [tier.longSeconds, tier.shortSeconds]));
  const { window: period } = slo;
  const isPeriod = (window: number): boolean => period.kind === "rolling" && period.seconds === window;
  const rules: Rule[] = [];
  for (const window of windows) {
    rules.push(...countsOf(slo, window));
    rules.push(ratioRule(slo, sloSeries.ratio(slo.sli, window), countNames(slo, window)));
    const usual = recordedWindows.includes(window) && window !== recordedWindows[0];
    if (rated.has(window) || (usual && !isPeriod(window))) rules.push(burnRateRule(slo, window));
  }
  for (const tier of slo.alerting.tiers) {
    if (windows.includes(tier.longSeconds)) rules.push(burnRateAlert(slo, tier, bases));
  }
  if (windows.some(isPeriod)) {
    rules.push(...budgetRules(slo, remainingRule(slo, countNames(slo, period.seconds)), bases));
  }
  if (name === "long" && period.kind === "calendar") {
    const counts = { bad: sloSeries.badPeriod(slo.sli), total: sloSeries.totalPeriod(slo.sli) };
    rules.push(...calendarRules(slo, period));
    rules.push(ratioRule(slo, sloSeries.ratioPeriod(slo.sli), counts));
    rules.push(...budgetRules(slo, remainingRule(slo, counts), bases));
  }
  return rules;
}

/** The windows that a group evaluates. */
function windowsOf(slo: Slo, plan: WindowPlan, name: Construction): readonly number[] {
  // Slices are judged no more often than they end.
  if (slo.budgeting.method !== "Occurrences") return plan[name];
  const all = [...plan.short, ...plan.medium, ...plan.long];
  return all.filter((window) => groupOf(window, slo.alerting.tiers) === name);
}

function countsOf(slo: Slo, window: number): RecordingRule[] {
  if (slo.budgeting.method !== "Occurrences") return slicesOfWindow(slo, window);
  const construction = constructionOf(window);
  return { short: shortCounts, medium: mediumCounts, long: longCounts }[construction](slo, window);
}

/** The budget left, the objective that it is measured by, and the tickets about it. */
function budgetRules(slo: Slo, remaining: RecordingRule, bases: LinkBases): Rule[] {
  return [
    { record: objectiveSeries, expr: `vector(${decimal(slo.target)})`, labels: identity(slo) },
    remaining,
    ...(slo.alerting.tiers.length > 0 ? budgetAlerts(slo, bases) : []),
  ];
}
