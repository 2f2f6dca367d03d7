import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../../testdata/fixture.ts";
import { bucketMatcher } from "./histogram.ts";

describe("indicators", () => {
  it("tells what is wrong with metric sources and the parts of a metric", () => {
    expect(problemsOf("bad/metric-sources.yaml")).toEqual([
      "error bad/metric-sources.yaml:24:5: spec.thresholdMetric.metricSource: neither type nor metricSourceRef says where this metric comes from. Add type: Prometheus. [source-without-type]",
      'error bad/metric-sources.yaml:35:13: spec.thresholdMetric.metricSource.type: a metric source of type "Datadog" cannot be asked: the rules run inside Prometheus. Use type: Prometheus and bring the metric there, or keep this SLO for another tool. [not-prometheus]',
      'error bad/metric-sources.yaml:46:24: spec.thresholdMetric.metricSource.metricSourceRef: a metric source of type "Redshift" cannot be asked: the rules run inside Prometheus. Use type: Prometheus and bring the metric there, or keep this SLO for another tool. [not-prometheus]',
      'error bad/metric-sources.yaml:58:13: spec.thresholdMetric.metricSource.type: got "Redshift", but DataSource "main" is of type "prometheus". Remove the type here, or name another DataSource. [source-type-differs]',
      "error bad/metric-sources.yaml:70:7: spec.thresholdMetric.metricSource.spec: neither query nor histogram is given. Write query for a gauge, or histogram and buckets for a histogram. [one-query]",
      "error bad/metric-sources.yaml:71:9: spec.thresholdMetric.metricSource.spec.promql: there is no such field here. Remove it; known here: query, histogram, buckets. [unknown-field]",
      "error bad/metric-sources.yaml:81:7: spec.thresholdMetric.metricSource.spec: both query and histogram are given. Write query for a gauge, or histogram and buckets for a histogram. [one-query]",
      "error bad/metric-sources.yaml:90:1: spec: neither ratioMetric nor thresholdMetric is given. Write exactly one of the two. [one-metric]",
      "error bad/metric-sources.yaml:97:1: spec: both ratioMetric and thresholdMetric are given. Write exactly one of the two. [one-metric]",
      "error bad/metric-sources.yaml:116:3: spec.ratioMetric: raw is a finished ratio, and good counts events. Write raw and rawType, or good (or bad) and total. [raw-and-counts]",
      "error bad/metric-sources.yaml:134:3: spec.ratioMetric: raw and rawType belong together, and raw is missing. Add raw, or remove rawType. [raw-incomplete]",
      "error bad/metric-sources.yaml:142:3: spec.ratioMetric: raw and rawType belong together, and rawType is missing. Add rawType: success or rawType: failure. [raw-incomplete]",
      "error bad/metric-sources.yaml:154:3: spec.ratioMetric: both good and bad are given. Write exactly one of the two, and total. [good-or-bad]",
      "error bad/metric-sources.yaml:177:3: spec.ratioMetric: total is required beside good or bad. Add total. [missing-field]",
      "error bad/metric-sources.yaml:190:3: spec.ratioMetric: neither good nor bad is given. Write exactly one of the two, and total. [good-or-bad]",
      "error bad/metric-sources.yaml:203:3: spec.ratioMetric: counter is absent, which means false, but shop_good_total is named like a counter. Add counter: true. [counter-missing]",
      "error bad/metric-sources.yaml:225:9: spec.ratioMetric.good.metricSource.spec: a ratio's metrics are read from query alone. Write query; histogram and buckets belong to thresholdMetric. [ratio-needs-query]",
    ]);
  });

  it("refuses comparisons that a histogram cannot tell apart", () => {
    expect(problemsOf("bad/histogram-comparison.yaml")).toEqual([
      "error bad/histogram-comparison.yaml:22:11: spec.objectives[0].op: a histogram's buckets hold what is at most their bound, so lt cannot be told from lte. Write op: lte. [histogram-op]",
      "error bad/histogram-comparison.yaml:47:11: spec.objectives[0].op: a histogram's buckets hold what is at most their bound, so gte cannot be told from gt. Write op: gt. [histogram-op]",
    ]);
  });

  it("refuses histograms that are not named as a whole", () => {
    expect(problemsOf("bad/histogram-forms.yaml")).toEqual([
      "error bad/histogram-forms.yaml:19:24: spec.indicator.spec.thresholdMetric.metricSource.spec.histogram: the histogram is named by one of its series or buckets. Write shop_request_duration_seconds without _bucket, _count, _sum and le; the objective's value chooses the bucket. [histogram-part]",
      "error bad/histogram-forms.yaml:44:24: spec.indicator.spec.thresholdMetric.metricSource.spec.histogram: the query groups its events, but an SLO has one number of events. Leave the grouping out; write one SLO for each group that has a target. [not-a-selector]",
      "error bad/histogram-forms.yaml:68:11: spec.indicator.spec.thresholdMetric.metricSource.spec: buckets is required beside histogram. List the bounds that the metric exposes. [missing-field]",
      "error bad/histogram-forms.yaml:96:7: spec.objectives[0].op: a threshold metric needs op. Add op: lte if low values are good, op: gte if high ones are. [missing-field]",
      "error bad/histogram-forms.yaml:96:7: spec.objectives[0].value: a threshold metric needs value. Add the value to compare with. [missing-field]",
    ]);
  });

  it("reads every form that Prometheus can honour", () => {
    const slos = slosOf("good/indicators.yaml");
    const forms = Object.entries(slos).map(([name, { sli, indicator }]) => [name, sli, indicator]);
    expect(forms).toMatchInlineSnapshot(`
      [
        [
          "bad-and-total",
          "availability",
          {
            "bad": {
              "counter": true,
              "query": "shop_requests_total{status=~"5.."}",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "shop_requests_total",
            },
          },
        ],
        [
          "gauge-below",
          "threshold",
          {
            "kind": "threshold-samples",
            "op": "lt",
            "query": "max(shop_queue_seconds)",
            "value": 30,
          },
        ],
        [
          "gauges-of-events",
          "availability",
          {
            "good": {
              "counter": false,
              "query": "shop_batch_good",
            },
            "kind": "events",
            "total": {
              "counter": false,
              "query": "shop_batch_size",
            },
          },
        ],
        [
          "good-and-total",
          "availability",
          {
            "good": {
              "counter": true,
              "query": "shop_requests_total{status!~"5.."}",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "shop_requests_total",
            },
          },
        ],
        [
          "histogram-above",
          "latency",
          {
            "bad": {
              "counter": true,
              "query": "shop_seconds_bucket{le=~"1|1[.]0"}",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "shop_seconds_count",
            },
          },
        ],
        [
          "histogram-within",
          "latency",
          {
            "good": {
              "counter": true,
              "query": "shop_seconds_bucket{service="shop",le="0.5"}",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "shop_seconds_count{service="shop"}",
            },
          },
        ],
        [
          "plain-sums",
          "availability",
          {
            "good": {
              "counter": true,
              "query": "shop_requests_total{status!~'5..'}",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "shop_requests_total",
            },
          },
        ],
        [
          "raw-failure",
          "availability",
          {
            "kind": "ratio-samples",
            "query": "avg(shop_failure_ratio)",
            "rawType": "failure",
          },
        ],
        [
          "raw-success",
          "availability",
          {
            "kind": "ratio-samples",
            "query": "shop_success_ratio",
            "rawType": "success",
          },
        ],
        [
          "with-window",
          "availability",
          {
            "good": {
              "counter": true,
              "query": "sum(increase(shop_requests_total{status!~"5.."}[$window]))",
            },
            "kind": "events",
            "total": {
              "counter": true,
              "query": "sum(increase(shop_requests_total[$window]))",
            },
          },
        ],
      ]
    `);
  });

  it("matches a bucket however a client prints its bound", () => {
    expect(bucketMatcher(0.5)).toBe('le="0.5"');
    expect(bucketMatcher(1)).toBe('le=~"1|1[.]0"');
    expect(bucketMatcher(1_000_000)).toBe('le=~"1000000|1000000[.]0|1e[+]06|1[.]0E6"');
    expect(bucketMatcher(0.00002)).toBe('le=~"0[.]00002|2e-05|2[.]0E-5"');
  });
});
