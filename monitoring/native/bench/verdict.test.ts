import { describe, expect, it } from "vitest";
import { incidents, type Incident } from "./incidents.ts";
import type { Measurement } from "./measure.ts";
import { describeMeasurement, problemsOf } from "./verdict.ts";

const faultOn = Date.parse("2026-11-21T12:00:00.000Z");
const after = (seconds: number): number => faultOn + seconds * 1000;

function measured(changes: Partial<Measurement> = {}): Measurement {
  return {
    incident: incidents[0] as Incident,
    historySeconds: 3900,
    badBefore: 0.0005,
    faultOn,
    crossing: 50.06,
    fullCrossing: 51.84,
    firing: after(58),
    received: { pagerduty: after(68.2), slack: after(68.25) },
    faultOff: after(70),
    reset: 295.68,
    resolved: undefined,
    ...changes,
  };
}

const pagedAfter = (seconds: number): Measurement =>
  measured({ received: { pagerduty: after(seconds), slack: after(seconds) } });

describe("the verdict on a page", () => {
  it("is good between the crossing and 35 s beyond that of a full window", () => {
    expect(problemsOf(pagedAfter(50.06), 1)).toEqual([]);
    expect(problemsOf(pagedAfter(86.84), 1)).toEqual([]);
  });

  it("is bad when the page came late", () => {
    expect(problemsOf(pagedAfter(86.85), 1)).toEqual(["paged after 86.85 s, later than 86.84 s"]);
  });

  it("is bad when the page came before it could be due", () => {
    expect(problemsOf(pagedAfter(50.05), 1)).toEqual(["paged after 50.05 s, before the crossing at 50.06 s"]);
  });

  it("allows a scaled pipeline less, but never under five seconds", () => {
    const scaled = { ...pagedAfter(5.9), crossing: 0.864, fullCrossing: 0.864 };
    expect(problemsOf(scaled, 60)).toEqual(["paged after 5.90 s, later than 5.86 s"]);
    expect(problemsOf(scaled, 5)).toEqual([]);
  });
});

describe("the table of a measurement", () => {
  it("sets what was measured beside what was predicted", () => {
    expect(describeMeasurement(measured())).toMatchInlineSnapshot(`
      "outage of order (order-availability; 65.0 min of traffic, 0.050 % bad before)
                                        at (UTC)      since fault on  since arithmetic
        fault on                        12:00:00.000          0.00 s
        threshold crossed (arithmetic)  12:00:50.060         50.06 s
        alert fires in Prometheus       12:00:58.000         58.00 s           +7.94 s
        PagerDuty's page received       12:01:08.200         68.20 s          +18.14 s
        Slack's page received           12:01:08.250         68.25 s          +18.19 s
        fault off                       12:01:10.000         70.00 s"
    `);
  });

  it("goes on to the end of the page when that was waited for", () => {
    const resolved = { pagerduty: after(370), slack: after(360) };
    const lines = describeMeasurement(measured({ resolved })).split("\n");
    expect(lines.slice(-3)).toMatchInlineSnapshot(`
      [
        "  all windows clear (arithmetic)  12:06:05.680        365.68 s",
        "  PagerDuty's incident resolved   12:06:10.000        370.00 s           +4.32 s",
        "  Slack's message resolved        12:06:00.000        360.00 s           -5.68 s",
      ]
    `);
  });
});
