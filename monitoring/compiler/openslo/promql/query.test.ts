import { describe, expect, it } from "vitest";
import { problemsOf } from "../../testdata/fixture.ts";

describe("queries that parse and still cannot be used", () => {
  it("tells what is wrong with each, at its character", () => {
    expect(problemsOf("bad/queries.yaml")).toEqual([
      "error bad/queries.yaml:12:61: spec.ratioMetric.good.metricSource.spec.query: the query has a range of its own, 5m, but events are counted over many windows. Write $window in place of 5m, or the selector alone. [not-a-selector]",
      "error bad/queries.yaml:30:52: spec.ratioMetric.good.metricSource.spec.query: the query has a range of its own, 1h, but events are counted over many windows. Write $window in place of 1h, or the selector alone. [not-a-selector]",
      "error bad/queries.yaml:48:18: spec.ratioMetric.good.metricSource.spec.query: the query groups its events, but an SLO has one number of events. Leave the grouping out; write one SLO for each group that has a target. [not-a-selector]",
      "error bad/queries.yaml:66:18: spec.ratioMetric.good.metricSource.spec.query: the query is an expression, and a range cannot be put behind it. Write a selector alone, or an expression that counts the events in [$window]. [not-a-selector]",
      'error bad/queries.yaml:84:18: spec.ratioMetric.good.metricSource.spec.query: the query takes every bucket of the histogram, so each event counts several times. Choose one bucket by le="…", or write the metric\'s _count to count all. [promql-selector]',
      'error bad/queries.yaml:102:18: spec.ratioMetric.good.metricSource.spec.query: the query has a pattern for label status that is not valid RE2: "[23". Close its brackets; RE2 has no look-ahead and no look-behind. [promql-selector]',
      'error bad/queries.yaml:120:18: spec.ratioMetric.good.metricSource.spec.query: the query has a pattern for label status that is not valid RE2: "(?!5).*". Close its brackets; RE2 has no look-ahead and no look-behind. [promql-selector]',
      "error bad/queries.yaml:138:19: spec.ratioMetric.good.metricSource.spec.query: the query would take every series there is, and Prometheus refuses that. Name a metric. [promql-selector]",
      "error bad/queries.yaml:156:22: spec.ratioMetric.good.metricSource.spec.query: the query has a range where a single value is wanted. Put a function such as increase around it, or leave the range out. [promql-type]",
      "error bad/queries.yaml:174:22: spec.ratioMetric.good.metricSource.spec.query: the query calls a function of a range without a range. Put [$window] behind the selector. [promql-type]",
      "error bad/queries.yaml:192:18: spec.ratioMetric.raw.metricSource.spec.query: the query has a range where a single value is wanted. Put a function such as increase around it, or leave the range out. [promql-type]",
    ]);
  });
});
