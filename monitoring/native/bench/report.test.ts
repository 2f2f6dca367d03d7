import { describe, expect, it } from "vitest";
import type { Measurement } from "./follow.ts";
import { describeReport, percentile, problemsOf } from "./report.ts";

function measured(late: Partial<Measurement["late"]>, change: Partial<Measurement> = {}): Measurement {
  return {
    batch: "outages",
    timeScale: 1,
    kind: "outage",
    fault: "order outage 503",
    slo: "order-availability",
    faultOn: Date.parse("2026-11-21T12:00:00Z"),
    due: { tier: "page-slow", crosses: 1.2, historySeconds: 180, badShare: 1 },
    crossed: { by: "forecast", tier: "page-slow", crosses: 1.2 },
    late: { ours: 12.3, sloth: 20.1, pyrra: 150.2, ...late },
    ...change,
  };
}
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

  it("takes the nearest rank as a percentile", () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect([0, 50, 95, 100].map((percent) => percentile(values, percent))).toEqual([1, 10, 19, 20]);
    expect(percentile([], 95)).toBeUndefined();
  });
});

describe("the tables of bench:page", () => {
  it("set ours beside the others", () => {
    const scaled = measured(
      { ours: 2, pyrra: undefined },
      {
        batch: "slow-burns",
        timeScale: 60,
        due: { tier: "page-fast", crosses: 437.5, historySeconds: 180, badShare: 0.01 },
        crossed: { by: "count", tier: "page-slow", crosses: 423.4 },
      },
    );
    expect(`\n${describeReport(report(measured({}), scaled))}`).toMatchInlineSnapshot(`
      "
      batch           fault             SLO                 traffic  tier       forecast   crosses     page     late  sloth's   pyrra's
      outages         order outage 503  order-availability    180 s  page-slow     1.2 s     1.2 s   13.5 s  +12.3 s  +20.1 s  +150.2 s
      slow-burns ×60  order outage 503  order-availability    180 s  page-slow   437.5 s  423.4 s*  425.4 s   +2.0 s  +20.1 s      none

      Seconds from the crossing by arithmetic to the page at the console (*: counted from the events that came):
                                  pages    least   median     95 %     most
      ours, real scale           1 of 1   12.3 s   12.3 s   12.3 s   12.3 s
      sloth's shape, real scale  1 of 1   20.1 s   20.1 s   20.1 s   20.1 s
      pyrra's shape, real scale  1 of 1  150.2 s  150.2 s  150.2 s  150.2 s
      ours, time ×60             1 of 1    2.0 s    2.0 s    2.0 s    2.0 s
      sloth's shape, time ×60    1 of 1   20.1 s   20.1 s   20.1 s   20.1 s
      pyrra's shape, time ×60    0 of 1     none     none     none     none

      False pages: 0. Missed: 0. Kinds of incident: 1."
    `);
  });
});
