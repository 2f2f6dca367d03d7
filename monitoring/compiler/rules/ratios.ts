/** Shares, burn rates and the budget left: divided last, from counts of events. Never NaN. */
import { decimal, exact } from "../decimal.ts";
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { identity, value } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/** Recorded names of bad and total events that belong together. */
export interface CountNames {
  readonly bad: string;
  readonly total: string;
}

/** The names for one window, in seconds. */
export function countNames(slo: Slo, window: number): CountNames {
  return { bad: sloSeries.bad(slo.sli, window), total: sloSeries.total(slo.sli, window) };
}

/** Records the good share; 1 when there were no events, absent when there is no series. */
export function ratioRule(slo: Slo, record: string, counts: CountNames): RecordingRule {
  const total = value(counts.total, slo);
  return {
    record,
    expr: `1 - ${share(slo, counts)}\nor\n1 + 0 * ${total}`,
    labels: identity(slo),
  };
}

/** Records how many times faster than sustainable the budget burns; 0 when there were no events. */
export function burnRateRule(slo: Slo, window: number): RecordingRule {
  const counts = countNames(slo, window);
  const total = value(counts.total, slo);
  return {
    record: sloSeries.burnRate(slo.sli, window),
    expr: `${share(slo, counts)}\n/ ${budget(slo)}\nor\n0 * ${total}`,
    labels: identity(slo),
  };
}

/** Records the share of the period's budget that is left; below 0 when more than all of it is spent. */
export function remainingRule(slo: Slo, counts: CountNames): RecordingRule {
  const total = value(counts.total, slo);
  return {
    record: sloSeries.remaining(slo.sli),
    expr: `1 - ${share(slo, counts)}\n/ ${budget(slo)}\nor\n1 + 0 * ${total}`,
    labels: identity(slo),
  };
}

/** The bad share, where there were events: 0/0 would be NaN, and NaN would stay in every sum that it enters. */
function share(slo: Slo, counts: CountNames): string {
  return `${value(counts.bad, slo)}\n/ (${value(counts.total, slo)} > 0)`;
}

/** The error budget as a share, in digits. */
function budget(slo: Slo): string {
  return decimal(exact(1 - slo.target));
}
