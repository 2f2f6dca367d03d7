/** Budgets by time: each slice of time is judged once, and the judgements are then counted like events. */
import { decimal, exact } from "../decimal.ts";
import { duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { badOf, totalOf } from "./counts.ts";
import { identity, indent, own } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/**
 * Records one slice. Evaluate it once every slice length, so that slices tile time.
 *
 * Timeslices: a slice counts 1, and is bad when its good share misses the slice target; an idle slice is good.
 * RatioTimeslices: a slice counts 1 and its bad share is what is bad; an idle slice counts 0.
 *
 * @param slo an SLO with one of the two slice methods.
 * @returns two rules; none for an SLO that counts occurrences.
 */
export function sliceRules(slo: Slo): RecordingRule[] {
  const { budgeting } = slo;
  if (budgeting.method === "Occurrences") return [];
  const total = totalOf(slo, budgeting.sliceSeconds);
  const bad = `(\n${indent(badOf(slo, budgeting.sliceSeconds, total), 2)}\n)\n/\n(${total} > 0)`;
  const idle = `or\n0 * ${total}`;
  const isBad =
    budgeting.method === "Timeslices" ? `${bad}\n> bool ${decimal(exact(1 - budgeting.sliceTarget))}` : bad;
  return [
    {
      record: sloSeries.totalSlice(slo.sli),
      expr: budgeting.method === "Timeslices" ? `1 + 0 * ${total}` : `${total} > bool 0`,
      labels: identity(slo),
    },
    { record: sloSeries.badSlice(slo.sli), expr: `${isBad}\n${idle}`, labels: identity(slo) },
  ];
}

/**
 * Records bad and total slices of a window.
 *
 * @param window in seconds; at least one slice.
 */
export function slicesOfWindow(slo: Slo, window: number): RecordingRule[] {
  const range = duration(window);
  return [
    {
      record: sloSeries.total(slo.sli, window),
      expr: `sum(sum_over_time(${own(sloSeries.totalSlice(slo.sli), slo)}[${range}]))`,
      labels: identity(slo),
    },
    {
      record: sloSeries.bad(slo.sli, window),
      expr: `sum(sum_over_time(${own(sloSeries.badSlice(slo.sli), slo)}[${range}]))`,
      labels: identity(slo),
    },
  ];
}
