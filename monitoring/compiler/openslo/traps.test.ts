/** Where OpenSLO's specification, its examples and its SDK disagree: one verdict each, with a name. */
import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../testdata/fixture.ts";

describe("traps in the official material", () => {
  it("accepts op beside a ratio metric, which the examples have and the SDK forbids", () => {
    expect(problemsOf("traps/op-on-ratio.yaml")).toEqual([
      "warning traps/op-on-ratio.yaml:32:5: [0].spec.timeWindow: over 7d the factor of ticket-fast and ticket-slow is below 1, so alerts come although the budget would last. Choose tiers for this window with the annotation burnrate.dev/tiers. [default-tier-too-eager]",
      "warning traps/op-on-ratio.yaml:41:13: [0].spec.objectives[0].op: op means nothing with a ratio metric and is left out; the specification's examples have it, its SDK forbids it. Remove it. [op-on-ratio]",
      "warning traps/op-on-ratio.yaml:42:16: [0].spec.objectives[0].value: value means nothing with a ratio metric and is left out; the specification's examples have it, its SDK forbids it. Remove it. [value-on-ratio]",
      'error traps/op-on-ratio.yaml:58:11: [2].metadata.name: got "two words", want at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends. Rename it; the text that people read goes into displayName. [bad-name]',
    ]);
    expect(slosOf("traps/op-on-ratio.yaml")["site-availability"]?.indicator.kind).toBe("events");
  });

  it("reads a burn rate with lte as gt, and takes names that are no RFC 1123 labels", () => {
    expect(problemsOf("traps/burn-rate-below.yaml")).toEqual([
      'warning traps/burn-rate-below.yaml:5:9: metadata.name: "AlertPolicy" is no RFC 1123 label; the specification\'s own examples use such names, its SDK refuses them. Use lower-case letters, digits and dashes if other tools read this file. [name-not-rfc1123]',
      "warning traps/burn-rate-below.yaml:10:22: spec.alertWhenResolved: in Alertmanager each receiver decides whether it tells that an alert has ended, not each alert. Set send_resolved of the receiver that this policy's notify label is routed to. [resolved-by-receiver]",
      'warning traps/burn-rate-below.yaml:21:15: spec.conditions[0].spec.condition.op: op lte would alert while the budget burns slowly; it is read as gt, which the specification\'s text ("exceeds") says of its own example. Write op: gt. [burnrate-op-below]',
      'warning traps/burn-rate-below.yaml:31:9: metadata.name: "MailToOperators" is no RFC 1123 label; the specification\'s own examples use such names, its SDK refuses them. Use lower-case letters, digits and dashes if other tools read this file. [name-not-rfc1123]',
      "warning traps/burn-rate-below.yaml:42:3: spec.condition.kind: kind is absent and read as burnrate, as the specification says; its SDK demands it. Add kind: burnrate. [condition-kind-missing]",
      "warning traps/burn-rate-below.yaml:42:3: spec.condition.op: op is absent and read as gt; OpenSLO's SDK demands it. Add op: gt. [condition-op-missing]",
    ]);
    expect(slosOf("traps/burn-rate-below.yaml")["cpu"]?.alerting.tiers).toMatchObject([
      { name: "cpu-breach", factor: 2, forSeconds: 300, routing: { notify_MailToOperators: "email" } },
    ]);
  });

  it("refuses a calendar window of 1m, where a month was meant", () => {
    expect(problemsOf("traps/month-in-minutes.yaml")).toEqual([
      "error traps/month-in-minutes.yaml:25:17: spec.timeWindow[0].duration: a calendar has no period of 1m: m is minutes. Write 1M for months (the specification's own example has 1m). [calendar-unit]",
      "warning traps/month-in-minutes.yaml:33:11: spec.objectives[0].op: op means nothing with a ratio metric and is left out; the specification's examples have it, its SDK forbids it. Remove it. [op-on-ratio]",
    ]);
  });

  it("refuses an SLO without budgetingMethod, as the README's inline example is", () => {
    expect(problemsOf("traps/inline-without-method.yaml")).toEqual([
      "error traps/inline-without-method.yaml:7:1: spec.budgetingMethod: this field is required and missing. Choose Occurrences, Timeslices or RatioTimeslices. [missing-field]",
      "warning traps/inline-without-method.yaml:7:1: spec.timeWindow: timeWindow is absent; the specification lets it out, OpenSLO's SDK demands it, and 30d rolling is taken. Add timeWindow with duration: 30d and isRolling: true. [time-window-missing]",
    ]);
  });

  it("takes 30 days where timeWindow is absent, which only the specification allows", () => {
    expect(problemsOf("traps/without-window.yaml")).toEqual([
      "warning traps/without-window.yaml:6:1: spec.timeWindow: timeWindow is absent; the specification lets it out, OpenSLO's SDK demands it, and 30d rolling is taken. Add timeWindow with duration: 30d and isRolling: true. [time-window-missing]",
    ]);
    expect(slosOf("traps/without-window.yaml")["calls"]?.window).toEqual({
      kind: "rolling",
      seconds: 2_592_000,
    });
  });

  it("refuses targets of 0 and 1, and one at which the fastest tier can never fire", () => {
    expect(problemsOf("traps/targets-at-the-edge.yaml")).toEqual([
      "error traps/targets-at-the-edge.yaml:27:15: spec.objectives[0].target: a target of 0 % asks for nothing: everything may fail, so no alert can ever fire. Write more than 0, such as 0.999. [target-asks-nothing]",
      "error traps/targets-at-the-edge.yaml:41:15: spec.objectives[0].target: a target of 100 % leaves no error budget, so one bad event spends it for ever. Write less, such as 0.999. [target-without-budget]",
      "error traps/targets-at-the-edge.yaml:55:15: spec.objectives[0].target: tier page-fast can never fire: at a target of 93 % even a full outage burns the budget no more than 14.29 times too fast, and the tier waits for more than 14.4 times. Raise the target above 93.0556 %, or choose other tiers with the annotation burnrate.dev/tiers. [tier-never-fires]",
    ]);
  });

  it("reads a bare slice window as minutes", () => {
    expect(problemsOf("traps/bare-slice-window.yaml")).toEqual([
      "warning traps/bare-slice-window.yaml:12:7: spec.indicator.spec.ratioMetric: counter is absent; the specification gives no default, OpenSLO's SDK reads false: each sample is a number of events. Add counter: false, or counter: true if the metric only rises. [counter-assumed-false]",
      "warning traps/bare-slice-window.yaml:29:24: spec.objectives[0].timeSliceWindow: a bare 5 is read as minutes, as the specification says; its SDK wants a duration. Write 5m. [slice-window-number]",
    ]);
    expect(slosOf("traps/bare-slice-window.yaml")["pages"]?.budgeting).toMatchObject({ sliceSeconds: 300 });
  });

  it("takes several objectives with a threshold metric, each with its own bucket", () => {
    expect(problemsOf("traps/threshold-objectives.yaml")).toEqual([
      "warning traps/threshold-objectives.yaml:22:3: spec.objectives: the specification allows one objective with a threshold metric, its SDK any number. Write one SLO for each if other tools read this file. [threshold-objectives]",
    ]);
    expect(slosOf("traps/threshold-objectives.yaml")["page-speed-fast"]?.indicator).toMatchObject({
      good: { query: 'page_seconds_bucket{le="0.25"}' },
    });
  });

  it("refuses other tools' queries", () => {
    expect(problemsOf("traps/another-tool.yaml")).toEqual([
      'error traps/another-tool.yaml:11:15: spec.ratioMetric.good.metricSource.type: a metric source of type "Datadog" cannot be asked: the rules run inside Prometheus. Use type: Prometheus and bring the metric there, or keep this SLO for another tool. [not-prometheus]',
      'error traps/another-tool.yaml:16:15: spec.ratioMetric.total.metricSource.type: a metric source of type "Datadog" cannot be asked: the rules run inside Prometheus. Use type: Prometheus and bring the metric there, or keep this SLO for another tool. [not-prometheus]',
    ]);
  });

  it("knows the time zone that the SDK's validator fails on for lack of tz data", () => {
    expect(slosOf("traps/op-on-ratio.yaml")["site-availability"]?.window).toMatchObject({
      timeZone: "America/New_York",
    });
  });
});
