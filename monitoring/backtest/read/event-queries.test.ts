import { expect, it } from "vitest";
import { availability, latency } from "../../compiler/emit/lab-slos.ts";
import type { Indicator } from "../../compiler/model.ts";
import { eventQueries, selectorOf } from "./event-queries.ts";

/** The queries of an expression with `$window`, both for good and total. */
function windowed(query: string): string {
  const count = { query, counter: true };
  const { total, exact } = eventQueries(
    availability("order", { indicator: { kind: "events", good: count, total: count } }),
    60,
  );
  return `${exact ? "exact" : "mean"}: ${total}`;
}

it("reads a counter at both ends of each step", () => {
  expect(eventQueries(latency("order"), 60)).toEqual({
    total:
      'sum(irate(last_over_time(http_request_duration_seconds_count{service="order",path!="unmatched"}[1h])[2m:1m]) * 60)',
    part: 'sum(irate(last_over_time(http_request_duration_seconds_bucket{service="order",path!="unmatched",le="0.5"}[1h])[2m:1m]) * 60)',
    partIs: "good",
    exact: true,
  });
});

it("adds up a gauge of events, and no sample twice", () => {
  const count = (query: string) => ({ query, counter: false });
  const indicator: Indicator = { kind: "events", bad: count("failed_jobs"), total: count("jobs") };
  const { total, part, partIs } = eventQueries(availability("order", { indicator }), 30);
  expect([total, part, partIs]).toEqual([
    "sum(sum_over_time(jobs[29s999ms]))",
    "sum(sum_over_time(failed_jobs[29s999ms]))",
    "bad",
  ]);
});

it("takes an expression apart where its counts add up", () => {
  expect(windowed('sum by (a) (increase(x_total{a="1"}[$window])) or vector(0)')).toBe(
    'exact: sum(sum by (a) ((irate(last_over_time(x_total{a="1"}[1h])[2m:1m]) * 60)) or vector(0))',
  );
  expect(windowed("sum(increase(x_total[$window])) - sum(count_over_time(y[$window]))")).toBe(
    "exact: sum(sum((irate(last_over_time(x_total[1h])[2m:1m]) * 60)) - sum(count_over_time(y[59s999ms])))",
  );
});

it("asks any other expression over steps that overlap", () => {
  expect(windowed("sum(increase(x_total[$window])) * 2")).toBe(
    "mean: sum(sum(increase(x_total[4m])) * 2) / 4",
  );
  expect(windowed("max(increase(x_total[$window]))")).toBe("mean: sum(max(increase(x_total[4m]))) / 4");
  expect(windowed("sum(increase(x_total[$window] offset 1h))")).toBe(
    "mean: sum(sum(increase(x_total[4m] offset 1h))) / 4",
  );
  expect(windowed("sum(increase(rate(x_total[1m])[$window:]))")).toBe(
    "mean: sum(sum(increase(rate(x_total[1m])[4m:]))) / 4",
  );
});

it("judges samples as the rules do", () => {
  const indicator: Indicator = { kind: "threshold-samples", query: "queue_length", op: "lte", value: 100 };
  const { total, part, partIs } = eventQueries(availability("order", { indicator }), 60);
  expect([total, part, partIs]).toEqual([
    "count((queue_length) >= -Inf)\nor\n0 * count(queue_length)",
    "sum(((queue_length) >= -Inf) > bool 100)\nor\n0 * count(queue_length)",
    "bad",
  ]);
});

it("names a selector whose density can be asked", () => {
  expect(selectorOf(availability("order"))).toBe('http_requests_total{service="order",path!="unmatched"}');
  const indicator: Indicator = { kind: "ratio-samples", query: "1 - max(down{a='b'})", rawType: "success" };
  expect(selectorOf({ indicator })).toBe("down{a='b'}");
});
