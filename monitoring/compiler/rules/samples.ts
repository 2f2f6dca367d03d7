/** Indicators without events: a gauge is judged at every evaluation, and each judgement counts as one event. */
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { decimal } from "../decimal.ts";
import { identity } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/** The comparison that makes a sample bad, for each that makes it good. */
const opposite = { lte: ">", lt: ">=", gte: "<", gt: "<=" } as const;

/** A query may look back over `$window`; a sample is a sample of now, so it gets the shortest alert window. */
const sampleWindow = "5m";

/**
 * Records how many samples there are now, and how many of them (or which share) are bad.
 *
 * @param slo whose gauge.
 * @returns no rule when the SLO counts events.
 */
export function sampleRules(slo: Slo): RecordingRule[] {
  const { indicator } = slo;
  if (indicator.kind === "events") return [];
  const query = indicator.query.replaceAll("$window", sampleWindow);
  // NaN (0/0 of an idle service) compares with nothing: such a sample is neither good nor bad, but the series is there.
  const numbers = `(${query}) >= -Inf`;
  const idle = `or\n0 * count(${query})`;
  return [
    { record: sloSeries.totalSample(slo.sli), expr: `count(${numbers})\n${idle}`, labels: identity(slo) },
    {
      record: sloSeries.badSample(slo.sli),
      expr: `sum(${badShare(indicator, numbers)})\n${idle}`,
      labels: identity(slo),
    },
  ];
}

function badShare(indicator: Exclude<Slo["indicator"], { kind: "events" }>, numbers: string): string {
  if (indicator.kind === "threshold-samples") {
    return `(${numbers}) ${opposite[indicator.op]} bool ${decimal(indicator.value)}`;
  }
  // A ratio outside 0 to 1 is a mistake of the query; it must neither give budget back nor take it twice.
  const share = `clamp(${numbers}, 0, 1)`;
  return indicator.rawType === "failure" ? share : `1 - ${share}`;
}
