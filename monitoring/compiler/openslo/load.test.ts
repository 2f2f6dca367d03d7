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

  it("warns of readings that could surprise, and accepts them", () => {
    expect(problemsOf("good/warnings.yaml")).toEqual([
      "warning good/warnings.yaml:6:16: metadata.displayName: 64 characters; OpenSLO's SDK takes 63, the specification any number. Shorten it if other tools read this file. [display-name-long]",
      'warning good/warnings.yaml:19:18: spec.ratioMetric.good.metricSource.spec.query: good and total are the same query ("shop_requests_total{job=\\"shop\\"}"): all events are good, always. Narrow good to the events that are good. [part-equals-total]',
      "warning good/warnings.yaml:32:14: spec.ratioMetric.counter: shop_good_total is named like a counter, and its samples will be added up. Write counter: true if it only rises. [counter-false-on-counter]",
      "warning good/warnings.yaml:55:22: spec.ratioMetric.good.metricSource.spec.query: gives events a second, but the number of events is wanted; ratios come out wrong too, unless both queries do so. Write increase. [rate-not-count]",
      "warning good/warnings.yaml:66:1: spec: alertWhenBreaching and alertWhenNoData are absent, which means false, so this policy never alerts. Add alertWhenBreaching: true. [policy-never-alerts]",
      "warning good/warnings.yaml:75:15: spec.conditions[0].spec.condition.op: op gte is read as gt: at exactly the threshold the alert stays silent. Write op: gt. [burnrate-op-gte]",
      'warning good/warnings.yaml:90:12: spec.service: there are Service objects, but none is called "shopp". Did you mean "shop"? [service-not-declared]',
      "warning good/warnings.yaml:94:17: spec.timeWindow[0].duration: samples are kept for 45d, less than 1.5 windows of 35d; the window may lose its end. Keep them for 53d, or size the storage by disk, and say so with --retention. [retention-short]",
      "warning good/warnings.yaml:98:3: spec.alertPolicies: the list is empty, so no burn-rate alert is made. Leave alertPolicies out to get the default tiers. [no-alerts]",
      'warning good/warnings.yaml:105:25: metadata.annotations["burnrate.dev/tiers"]: the list is empty, so no burn-rate alert is made. Leave the annotation out to get the default tiers. [no-alerts]',
    ]);
    const tiers = Object.entries(slosOf("good/warnings.yaml")).map(([name, { alerting }]) => [
      name,
      alerting.tiers,
    ]);
    expect(tiers).toEqual([
      ["no-tiers", []],
      ["shopp-rates", []],
    ]);
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
