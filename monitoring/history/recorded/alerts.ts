/** What the alerts of an SLO would have done: `ALERTS` and `ALERTS_FOR_STATE`. */
import { alertName, label } from "../../compiler/names.ts";
import type { AlertRule } from "../../compiler/rules/rule.ts";
import { budgetLowShare, constructions } from "../../compiler/windows.ts";
import type { Grid } from "../grid.ts";
import type { RecordedSlo } from "./slo.ts";
import type { Range, WrittenSeries } from "./written.ts";

/** An alert is written at each of its first moments and at its last, and seldom in between; seconds. */
const OFTEN = 10;
const SELDOM = constructions.long.intervalSeconds;

/** An alert of the past; it remembers since when it is active from one range to the next. */
export type AlertPast = (range: Range) => WrittenSeries[];

/**
 * Prepares the alerts of an SLO: its burn-rate tiers and its budget tickets.
 *
 * @param epochSeconds seconds since 1970 by the clock of this machine, by index of the grid.
 */
export function recordAlerts(
  recorded: RecordedSlo,
  grid: Grid,
  epochSeconds: (index: number) => number,
): AlertPast[] {
  const { slo, groups } = recorded;
  const rules = groups.flatMap(({ rules }) => rules.filter((rule): rule is AlertRule => "alert" in rule));
  return rules.flatMap((rule) => {
    const holds = conditionOf(rule, recorded);
    if (holds === undefined) return [];
    const labels = {
      ...rule.labels,
      [label.service]: slo.service,
      [label.slo]: slo.name,
      alertname: rule.alert,
    };
    let since: number | undefined;
    return [
      ({ from, to }: Range): WrittenSeries[] => {
        const indexes = grid.written("alerts", from, to);
        const holding = holds(indexes);
        const firing: number[] = [];
        const active: number[] = [];
        const begun: number[] = [];
        for (const [at, index] of indexes.entries()) {
          if (holding[at] !== 1) {
            since = undefined;
            continue;
          }
          since ??= index;
          const isEnd = holding[at + 1] !== 1;
          if (!isEnd && index - since > OFTEN && (grid.ages[index] ?? 0) % SELDOM !== 0) continue;
          active.push(index);
          begun.push(epochSeconds(since));
          if (epochSeconds(index) - epochSeconds(since) >= (rule.forSeconds ?? 0)) firing.push(index);
        }
        return [
          series(
            "ALERTS",
            { ...labels, alertstate: "firing" },
            firing,
            firing.map(() => 1),
          ),
          series("ALERTS_FOR_STATE", labels, active, begun),
        ].filter(({ indexes }) => indexes.length > 0);
      },
    ];
  });
}

function series(
  metric: string,
  labels: Readonly<Record<string, string>>,
  indexes: readonly number[],
  values: readonly number[],
): WrittenSeries {
  return { metric, labels, indexes: Int32Array.from(indexes), values: Float64Array.from(values) };
}

/** 1 where an alert's condition holds, at each index; nothing for an alert that the past says nothing about. */
function conditionOf(
  rule: AlertRule,
  recorded: RecordedSlo,
): ((indexes: Int32Array) => Int8Array) | undefined {
  const { slo, burnRates } = recorded;
  const tier = slo.alerting.tiers.find(({ name }) => name === rule.labels[label.tier]);
  if (tier !== undefined) {
    return (indexes) => {
      const short = burnRates(tier.shortSeconds, indexes);
      const above = burnRates(tier.longSeconds, indexes).map((long, at) =>
        long > tier.factor && (short[at] ?? 0) > tier.factor ? 1 : 0,
      );
      return Int8Array.from(above);
    };
  }
  if (slo.window.kind !== "rolling") return undefined;
  const { seconds } = slo.window;
  const left = (indexes: Int32Array): Float64Array => burnRates(seconds, indexes).map((burnt) => 1 - burnt);
  const flag = (holds: (left: number) => boolean) => (indexes: Int32Array) =>
    Int8Array.from(left(indexes), (share) => (holds(share) ? 1 : 0));
  if (rule.alert === alertName.exhausted) return flag((share) => share <= 0);
  if (rule.alert === alertName.low) return flag((share) => share > 0 && share < budgetLowShare);
  return undefined;
}
