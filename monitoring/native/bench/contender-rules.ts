/**
 * Paging rules of the shapes that other generators emit, for the lab's SLOs, at real scale. Written by us from their
 * documented behaviour: windows, factors, `for`, groups and intervals are theirs; what does not bear on the moment of a
 * page (30-day budgets, tickets, metadata) is left out.
 */
import { decimal, exact } from "../../compiler/decimal.ts";
import { duration, HOUR, MINUTE } from "../../compiler/duration.ts";
import type { EventCount, Slo } from "../../compiler/model.ts";
import type { RuleDocument, RuleEntry } from "../../compiler/time-scale.ts";

/** Whose shape a rule has; also the alert's name. */
export const contenders = { sloth: "SlothShape", pyrra: "PyrraShape" } as const;
export type Contender = keyof typeof contenders;

/** The label that keeps these alerts out of the usual routes. */
export const contenderLabel = "contender";

/**
 * sloth: rates of every window from raw counters, and one page alert that is the `or` of both pairs of windows; recordings
 * and alerts in groups of their own, at the global interval; no `for`.
 */
export function slothRules(slos: readonly Slo[]): RuleDocument {
  const groups = slos.flatMap((slo) => {
    const labels = { sloth_id: slo.name, sloth_service: slo.service, sloth_slo: slo.sli };
    const ids = `{sloth_id="${slo.name}", sloth_service="${slo.service}", sloth_slo="${slo.sli}"}`;
    const series = (window: number): string => `slo:sli_error:ratio_rate${duration(window)}`;
    const above = (window: number, factor: number): string =>
      `max(${series(window)}${ids} > (${factor} * ${budget(slo)})) without (sloth_window)`;
    const pair = (short: number, long: number, factor: number): string =>
      `(${above(short, factor)} and ${above(long, factor)})`;
    const windows = [5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR];
    return [
      {
        name: `sloth-slo-sli-recordings-${slo.name}`,
        rules: windows.map((window): RuleEntry => ({
          record: series(window),
          expr: errorRatio(slo, window),
          labels: { ...labels, sloth_window: duration(window) },
        })),
      },
      {
        name: `sloth-slo-alerts-${slo.name}`,
        rules: [
          alert(
            slo,
            "sloth",
            `${pair(5 * MINUTE, HOUR, 14.4)} or ${pair(30 * MINUTE, 6 * HOUR, 6)}`,
            undefined,
          ),
        ],
      },
    ];
  });
  return { groups };
}

/** pyrra's critical alerts at 30 days (its windows are ratios of 28 days): short, long, factor, `for`. */
const pyrraTiers = [
  [5 * MINUTE, 64 * MINUTE, 14, 2 * MINUTE],
  [32 * MINUTE, 386 * MINUTE, 7, 16 * MINUTE],
] as const;

/** pyrra: windows in proportion to the period, a `for` on every alert, recordings and alerts in one group of 30 s. */
export function pyrraRules(slos: readonly Slo[]): RuleDocument {
  const groups = slos.map((slo) => {
    const selector = `{slo="${slo.name}", job="pyrra"}`;
    const series = (window: number): string => `pyrra_${slo.sli}:burnrate${duration(window)}`;
    const above = (window: number, factor: number): string =>
      `${series(window)}${selector} > (${factor} * ${budget(slo)})`;
    const windows = pyrraTiers.flatMap(([short, long]) => [short, long]);
    const recordings = windows.map((window): RuleEntry => ({
      record: series(window),
      expr: errorRatio(slo, window),
      labels: { slo: slo.name, job: "pyrra" },
    }));
    const alerts = pyrraTiers.map(([short, long, factor, pending]) =>
      alert(slo, "pyrra", `${above(short, factor)} and ${above(long, factor)}`, pending),
    );
    return { name: `pyrra-${slo.name}`, interval: "30s", rules: [...recordings, ...alerts] };
  });
  return { groups };
}

function alert(slo: Slo, contender: Contender, expr: string, forSeconds: number | undefined): RuleEntry {
  return {
    alert: contenders[contender],
    expr,
    ...(forSeconds === undefined ? {} : { for: duration(forSeconds) }),
    labels: { [contenderLabel]: contender, service: slo.service, slo: slo.name },
    annotations: { summary: `${slo.name} burns its budget, as ${contender}'s rules have it` },
  };
}

/** Bad share of a window, by rates of raw counters. */
function errorRatio({ indicator }: Slo, window: number): string {
  if (indicator.kind !== "events") throw new RangeError("want an SLO that counts events");
  const rate = ({ query }: EventCount): string => `sum(rate(${query}[${duration(window)}]))`;
  const { total } = indicator;
  const bad = indicator.bad ? rate(indicator.bad) : `(${rate(total)} - ${rate(indicator.good)})`;
  return `${bad} / ${rate(total)}`;
}

function budget({ target }: Slo): string {
  return decimal(exact(1 - target));
}
