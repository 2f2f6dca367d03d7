import { z } from "zod";
import { description, optional } from "./common.ts";

const metric = z.strictObject({
  metricSource: z.strictObject({
    metricSourceRef: optional(z.string()),
    type: optional(z.string()),
    spec: z.record(z.string(), z.unknown()),
  }),
});

export const sliSpec = z.strictObject({
  description: optional(description),
  thresholdMetric: optional(metric),
  ratioMetric: optional(
    z.strictObject({
      counter: optional(z.boolean()),
      good: optional(metric),
      bad: optional(metric),
      total: optional(metric),
      rawType: optional(z.enum(["success", "failure"])),
      raw: optional(metric),
    }),
  ),
});

/** What this compiler reads in a `metricSource.spec` of type Prometheus; see CONVENTIONS.md. */
export const prometheusSpec = z.strictObject({
  query: optional(z.string()),
  histogram: optional(z.string()),
  buckets: optional(z.array(z.number())),
});

export type Metric = z.infer<typeof metric>;
export type MetricSource = Metric["metricSource"];
export type SliSpec = z.infer<typeof sliSpec>;
export type RatioMetric = NonNullable<SliSpec["ratioMetric"]>;
export type PrometheusSpec = z.infer<typeof prometheusSpec>;
