/** Bad and total events of one window, from the raw series. What every longer window is made of. */
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import type { RecordingRule } from "./rule.ts";
import { countEvents, identity, own, value } from "./promql.ts";
import { duration } from "../duration.ts";

/**
 * Records bad and total events of a window of up to an hour.
 *
 * @param slo whose events.
 * @param window in seconds.
 * @returns two rules, total first: within a group a rule sees what the rules above it wrote a moment ago.
 */
export function shortCounts(slo: Slo, window: number): RecordingRule[] {
  const total = sloSeries.total(slo.sli, window);
  return [
    { record: total, expr: totalOf(slo, window), labels: identity(slo) },
    {
      record: sloSeries.bad(slo.sli, window),
      expr: badOf(slo, window, value(total, slo)),
      labels: identity(slo),
    },
  ];
}

/** PromQL for all events of a window: one value without labels, or nothing when the raw series is gone. */
export function totalOf(slo: Slo, window: number): string {
  const { indicator } = slo;
  if (indicator.kind === "events") return countEvents(indicator.total, window);
  return sumOfSamples(sloSeries.totalSample(slo.sli), slo, window);
}

/**
 * PromQL for the bad events of a window.
 *
 * @param total PromQL for all events of the same window: where it exists, so does the answer. A service that never
 *   failed may have no series of errors at all, and that means none, not unknown.
 */
export function badOf(slo: Slo, window: number, total: string): string {
  const { indicator } = slo;
  if (indicator.kind !== "events") return sumOfSamples(sloSeries.badSample(slo.sli), slo, window);
  if (indicator.bad) return `${countEvents(indicator.bad, window)}\nor\n0 * ${total}`;
  // Extrapolation may give a little more good than total: never less than no bad event. Without a good series all is bad.
  return `clamp_min(\n  ${total}\n  -\n  ${countEvents(indicator.good, window)},\n  0\n)\nor\n${total}`;
}

function sumOfSamples(series: string, slo: Slo, window: number): string {
  return `sum(sum_over_time(${own(series, slo)}[${duration(window)}]))`;
}
