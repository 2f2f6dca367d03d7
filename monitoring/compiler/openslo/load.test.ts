import { describe, expect, it } from "vitest";
import { located, problemsOf, slosOf } from "../testdata/fixture.ts";
import { loadSlos } from "./load.ts";

describe("loadSlos", () => {
  it("joins all seven kinds across the files of a folder", () => {
    expect(problemsOf("good/all-kinds")).toEqual([]);
    const { alerting, ...slo } = slosOf("good/all-kinds")["checkout-availability"] ?? {};
    expect(alerting?.tiers.map(({ name }) => name)).toEqual(["fast-burn", "slow-burn"]);
    expect(slo).toEqual({
      name: "checkout-availability",
      service: "checkout",
      sli: "availability",
      displayName: "Checkout availability",
      description: "Checkout answers.",
      target: 0.9995,
      indicator: {
        kind: "events",
        bad: { query: 'http_requests_total{service="checkout",status=~"5.."}', counter: true },
        total: { query: 'http_requests_total{service="checkout"}', counter: true },
      },
      budgeting: { method: "Occurrences" },
      window: { kind: "rolling", seconds: 2_419_200 },
      source: { file: "monitoring/compiler/testdata/good/all-kinds/checkout.yaml", line: 23 },
    });
  });

  it("accepts what this repository ships, without a warning", () => {
    const { problems, slos } = loadSlos(["monitoring/slo"]);
    expect(problems).toEqual([]);
    expect(slos.map(({ name }) => name)).toEqual([
      "order-availability",
      "order-latency",
      "payment-availability",
      "payment-latency",
      "user-availability",
      "user-latency",
    ]);
  });

  it("reads a file once that two paths lead to", () => {
    const file = located("good/objectives.yaml");
    expect(loadSlos([file, file]).problems).toEqual([]);
  });

  it("gives an SLO without alert policies the default tiers", () => {
    expect(slosOf("good/indicators.yaml")["bad-and-total"]?.alerting.tiers).toMatchObject([
      { name: "page-fast", factor: 14.4 },
      { name: "page-slow", factor: 6 },
      { name: "ticket-fast", factor: 3 },
      { name: "ticket-slow", factor: 1 },
    ]);
  });
});
