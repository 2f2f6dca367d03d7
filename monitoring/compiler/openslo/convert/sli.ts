import type { Indicator } from "../../model.ts";
import { readSampleQuery } from "../promql/query.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { Metric, SliSpec } from "../schema/sli.ts";
import { once } from "./context.ts";
import type { Context } from "./context.ts";
import { readHistogram } from "./histogram.ts";
import type { Histogram } from "./histogram.ts";
import { readMetricSource } from "./metric-source.ts";
import { readRatio } from "./ratio.ts";

/** An SLI as far as it can be read without an objective: a threshold's value stands there. */
export type Sli =
  | { readonly kind: "ratio"; readonly indicator: Indicator }
  | { readonly kind: "threshold"; readonly query: string }
  | { readonly kind: "histogram"; readonly histogram: Histogram };

/**
 * Reads an SLI's spec, once however many SLOs refer to it.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readSli(spec: Node<SliSpec>, context: Context): Sli | undefined {
  return once(context, spec, () => read(spec, context));
}

function read(spec: Node<SliSpec>, context: Context): Sli | undefined {
  if (has(spec, "thresholdMetric") === has(spec, "ratioMetric")) {
    context.log.error(
      placeOf(spec),
      "one-metric",
      has(spec, "ratioMetric")
        ? "both ratioMetric and thresholdMetric are given"
        : "neither ratioMetric nor thresholdMetric is given",
      "Write exactly one of the two",
    );
    return undefined;
  }
  const ratio = field(spec, "ratioMetric");
  if (ratio !== undefined) {
    const indicator = readRatio(ratio, context);
    return indicator && { kind: "ratio", indicator };
  }
  const threshold = field(spec, "thresholdMetric");
  return threshold && readThreshold(threshold, context);
}

function readThreshold(metric: Node<Metric>, context: Context): Sli | undefined {
  const spec = readMetricSource(metric, context);
  if (spec === undefined) return undefined;
  if (has(spec, "query") === has(spec, "histogram")) {
    context.log.error(
      placeOf(spec),
      "one-query",
      has(spec, "query") ? "both query and histogram are given" : "neither query nor histogram is given",
      "Write query for a gauge, or histogram and buckets for a histogram",
    );
    return undefined;
  }
  if (has(spec, "histogram")) {
    const histogram = readHistogram(spec, context);
    return histogram && { kind: "histogram", histogram };
  }
  const text = field(spec, "query");
  const query = text && readSampleQuery(text, context.log);
  return query === undefined ? undefined : { kind: "threshold", query };
}
