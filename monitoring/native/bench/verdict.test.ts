import { describe, expect, it } from "vitest";
import type { Measurement } from "./follow.ts";
import { measured, uncrossed } from "./testing.ts";
import { percentile, problemsOf } from "./verdict.ts";

const report = (...measurements: Measurement[]) => ({ measurements, falsePages: [] });

describe("the verdict of bench:page", () => {
  it("is good when every page came in time and before the other shapes'", () => {
    expect(problemsOf(report(measured({}), measured({ ours: 24.9, sloth: 30 })))).toEqual([]);
  });

  it("names what came early, late or not at all", () => {
    expect(problemsOf(report(measured({ ours: -0.5 })))).toEqual([
      "outages, order outage 503, order-availability: paged 0.50 s before the crossing",
    ]);
    expect(problemsOf(report(measured({ ours: undefined })))).toEqual([
      "outages, order outage 503, order-availability: no page came",
    ]);
    expect(problemsOf(report(measured({ ours: 25.1, sloth: 40 })))).toEqual([
      "real scale: 25.10 s after the crossing at the 95th percentile, want 25",
      "all incidents: 25.10 s after the crossing at the 95th percentile, want 25",
    ]);
  });

  it("knows a counted crossing no closer than the scrapes do", () => {
    const counted = { crossed: { by: "count", tier: "page-slow", crosses: 426.6, within: 2 } } as const;
    expect(problemsOf(report(measured({ ours: -1.9 }, counted)))).toEqual([]);
    expect(problemsOf(report(measured({ ours: -2.1 }, counted)))).toEqual([
      "outages, order outage 503, order-availability: paged 2.10 s before the crossing",
    ]);
  });

  it("names a batch that could not be measured", () => {
    expect(problemsOf({ measurements: [], falsePages: [], failures: ["outages: no traffic"] })).toEqual([
      "outages: no traffic",
    ]);
  });

  it("names a page without an incident", () => {
    expect(problemsOf({ measurements: [], falsePages: ["User availability: …"] })).toEqual([
      "paged without an incident: User availability: …",
    ]);
  });

  it("compares with the other shapes incident by incident, on average, at real scale", () => {
    expect(problemsOf(report(measured({ sloth: 10 }, { timeScale: 30 })))).toEqual([]);
    expect(problemsOf(report(measured({ sloth: 10 }), measured({ sloth: 13 })))).toEqual([
      "real scale: sloth's shape was as fast as ours",
    ]);
  });

  it("finds it right that nobody is paged where nothing crossed, and wrong that somebody is", () => {
    expect(problemsOf(report(measured({}), uncrossed()))).toEqual([]);
    expect(problemsOf(report(measured({}), uncrossed({ sloth: 480 })))).toEqual([]);
    expect(problemsOf(report(measured({}), uncrossed({ ours: 441.25 })))).toEqual([
      "slow-burns, user errors 1%, user-availability: paged 441.25 s after the fault, and nothing crossed",
    ]);
  });

  it("wants twenty crossings of five kinds of a run that has as many incidents", () => {
    const kinds = ["outage", "errors", "latency", "dependency", "cascade"] as const;
    const some = (number: number, of: number) =>
      Array.from({ length: number }, (_, index) => measured({}, { kind: kinds[index % of] ?? "outage" }));
    expect(problemsOf(report(...some(20, 5), uncrossed()))).toEqual([]);
    expect(problemsOf(report(...some(18, 5), uncrossed()))).toEqual([]);
    expect(problemsOf(report(...some(19, 5), uncrossed(), uncrossed()))).toEqual([
      "19 incidents of 5 kinds crossed a threshold, want 20 of 5",
    ]);
    expect(problemsOf(report(...some(20, 4), uncrossed()))).toEqual([
      "20 incidents of 4 kinds crossed a threshold, want 20 of 5",
    ]);
  });

  it("takes the nearest rank as a percentile", () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect([0, 50, 95, 100].map((percent) => percentile(values, percent))).toEqual([1, 10, 19, 20]);
    expect(percentile([], 95)).toBeUndefined();
  });
});
