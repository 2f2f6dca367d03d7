import { describe, expect, it } from "vitest";
import { problemsOf } from "../testdata/fixture.ts";

describe("bad input", () => {
  it("points at YAML that does not parse", () => {
    expect(problemsOf("bad/invalid-yaml.yaml")).toEqual([
      "error bad/invalid-yaml.yaml:6:12: not valid YAML: nested mappings are not allowed in compact mappings. Put the text in quotes; a colon and a space begin a new field. [yaml-syntax]",
    ]);
  });

  it("refuses unknown fields, and guesses what was meant", () => {
    expect(problemsOf("bad/unknown-field.yaml")).toEqual([
      'error bad/unknown-field.yaml:7:3: spec.budgettingMethod: there is no such field here. Did you mean "budgetingMethod"? [unknown-field]',
      'error bad/unknown-field.yaml:14:7: spec.objectives[0].targt: there is no such field here. Did you mean "target"? [unknown-field]',
    ]);
  });

  it("says how to migrate from v1alpha", () => {
    expect(problemsOf("bad/version-v1alpha.yaml")).toEqual([
      "error bad/version-v1alpha.yaml:1:13: apiVersion: openslo/v1alpha has other fields than openslo/v1. To migrate, write apiVersion: openslo/v1; timeWindows with count and unit becomes timeWindow with duration (unit Day, count 28: 28d); objectives[].ratioMetrics moves to indicator.spec.ratioMetric, and its incremental becomes counter; indicator.thresholdMetric moves to indicator.spec.thresholdMetric, and indicator gets metadata.name; source, queryType and query become metricSource with type and spec.query. [version-v1alpha]",
    ]);
  });

  it("refuses versions that it does not know", () => {
    expect(problemsOf("bad/version-unknown.yaml")).toEqual([
      'error bad/version-unknown.yaml:1:13: apiVersion: got "openslo.com/v2alpha", want openslo/v1. This compiler reads OpenSLO v1 only; move other files out of the folder. [unknown-version]',
    ]);
  });

  it("tells a rule file of Prometheus from an OpenSLO file", () => {
    expect(problemsOf("bad/prometheus-rules.yaml")).toEqual([
      "error bad/prometheus-rules.yaml:2:1: groups: this is a Prometheus rule file, and only OpenSLO files are read here. Name the OpenSLO file that the rules are made from; promtool check rules looks at this one. [prometheus-rules]",
    ]);
  });

  it("refuses a target of 1, which leaves no budget", () => {
    expect(problemsOf("bad/target-one.yaml")).toEqual([
      "error bad/target-one.yaml:13:15: spec.objectives[0].target: a target of 100 % leaves no error budget, so one bad event spends it for ever. Write less, such as 0.999. [target-without-budget]",
    ]);
  });

  it("refuses a target of 100 percent", () => {
    expect(problemsOf("bad/target-hundred.yaml")).toEqual([
      "error bad/target-hundred.yaml:13:22: spec.objectives[0].targetPercent: a target of 100 % leaves no error budget, so one bad event spends it for ever. Write less, such as 99.9. [target-without-budget]",
    ]);
  });

  it("refuses a target of 0, which no alert could guard", () => {
    expect(problemsOf("bad/target-zero.yaml")).toEqual([
      "error bad/target-zero.yaml:13:15: spec.objectives[0].target: a target of 0 % asks for nothing: everything may fail, so no alert can ever fire. Write more than 0, such as 0.999. [target-asks-nothing]",
    ]);
  });

  it("recognises a percentage that was written as a share", () => {
    expect(problemsOf("bad/target-as-percent.yaml")).toEqual([
      "error bad/target-as-percent.yaml:13:15: spec.objectives[0].target: got 99.9, want a share below 1. Did you mean targetPercent: 99.9 (target: 0.999)? [target-is-percent]",
    ]);
  });

  it("wants one target, not two and not none", () => {
    expect(problemsOf("bad/target-twice.yaml")).toEqual([
      "error bad/target-twice.yaml:13:7: spec.objectives[0]: both target and targetPercent are given. Write exactly one, such as target: 0.999. [one-target]",
      "error bad/target-twice.yaml:28:7: spec.objectives[0]: neither target nor targetPercent is given. Write exactly one, such as target: 0.999. [one-target]",
    ]);
  });

  it("refuses good events that total does not count", () => {
    expect(problemsOf("bad/good-above-total.yaml")).toEqual([
      "error bad/good-above-total.yaml:26:18: spec.ratioMetric.good.metricSource.spec.query: good can be more than total: total narrows job or path, and good does not. Give good the same matcher, or take it away from total. [more-than-total]",
    ]);
  });

  it("names the neighbours of a threshold that has no bucket", () => {
    expect(problemsOf("bad/threshold-without-bucket.yaml")).toEqual([
      "error bad/threshold-without-bucket.yaml:23:14: spec.objectives[0].value: the histogram has no bucket at 0.3, so nobody can tell how many events are within it. Choose 0.25 or 0.5, or add the bucket where the metric is made. [no-such-bucket]",
    ]);
  });

  it("points into PromQL that does not parse, in every style that YAML has for a text", () => {
    expect(problemsOf("bad/promql-syntax.yaml")).toEqual([
      "error bad/promql-syntax.yaml:12:39: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse: it ends too early. Close what is open at its end. [promql-syntax]",
      'error bad/promql-syntax.yaml:25:39: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse at "}". Look for a missing comma, quote, operator or bracket before it. [promql-syntax]',
      'error bad/promql-syntax.yaml:38:46: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse at "/". Look for a missing comma, quote, operator or bracket before it. [promql-syntax]',
      'error bad/promql-syntax.yaml:54:32: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse at "job". Look for a missing comma, quote, operator or bracket before it. [promql-syntax]',
      "error bad/promql-syntax.yaml:70:17: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse: PromQL has no function summ. Check its spelling. [promql-syntax]",
      'error bad/promql-syntax.yaml:85:13: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse at "]". Look for a missing comma, quote, operator or bracket before it. [promql-syntax]',
      "error bad/promql-syntax.yaml:98:28: spec.ratioMetric.raw.metricSource.spec.query: the query does not parse: {{.window}} is another tool's placeholder. Write $window, or a selector alone. [promql-syntax]",
      "error bad/promql-syntax.yaml:111:18: spec.ratioMetric.raw.metricSource.spec.query: the query is empty. Write a PromQL selector. [promql-syntax]",
    ]);
  });

  it("refuses two objects of one kind and name, in whichever files", () => {
    expect(problemsOf("bad/duplicate-names")).toEqual([
      'error bad/duplicate-names/b.yaml:4:9: metadata.name: another SLO is called "shop-availability", at bad/duplicate-names/a.yaml:4. Rename one of the two, or remove it. [duplicate-name]',
    ]);
  });

  it("refuses references to nothing, of every kind", () => {
    expect(problemsOf("bad/dangling-references.yaml")).toEqual([
      'error bad/dangling-references.yaml:7:17: spec.indicatorRef: there is no SLI called "shop-reqests". Did you mean "shop-requests"? [dangling-reference]',
      'error bad/dangling-references.yaml:15:23: spec.alertPolicies[0].alertPolicyRef: there is no AlertPolicy called "wake-somebody". Add one, or name the file that holds it on the command line too. [dangling-reference]',
      'error bad/dangling-references.yaml:24:21: spec.conditions[0].conditionRef: there is no AlertCondition called "slow-burn". Add one, or name the file that holds it on the command line too. [dangling-reference]',
      'error bad/dangling-references.yaml:26:18: spec.notificationTargets[0].targetRef: there is no AlertNotificationTarget called "mail". Add one, or name the file that holds it on the command line too. [dangling-reference]',
      'error bad/dangling-references.yaml:37:26: spec.ratioMetric.raw.metricSource.metricSourceRef: there is no DataSource called "prometheus-one". Add one, or name the file that holds it on the command line too. [dangling-reference]',
    ]);
  });

  it("refuses a window that is longer than the retention", () => {
    expect(problemsOf("bad/window-above-retention.yaml")).toEqual([
      "error bad/window-above-retention.yaml:10:17: spec.timeWindow[0].duration: the window of 90d is longer than Prometheus keeps samples (45d). Shorten it, or keep samples for 135d and say so with --retention. [window-above-retention]",
    ]);
  });

  it("refuses a tier that can never fire, and names the target that would help", () => {
    expect(problemsOf("bad/tier-never-fires.yaml")).toEqual([
      "error bad/tier-never-fires.yaml:13:15: spec.objectives[0].target: tier page-fast can never fire: at a target of 90 % even a full outage burns the budget no more than 10 times too fast, and the tier waits for more than 14.4 times. Raise the target above 93.0556 %, or choose other tiers with the annotation burnrate.dev/tiers. [tier-never-fires]",
    ]);
  });

  it("refuses a minimum of events that a window of slices cannot hold", () => {
    expect(problemsOf("bad/minimum-events.yaml")).toEqual([
      'error bad/minimum-events.yaml:6:34: metadata.annotations["burnrate.dev/minimum-events"]: tier page can never fire: Timeslices counts slices of 1m, 1h hold 60 of them, and the tier waits for 100. Write a smaller number, or leave it out: an idle slice is no bad one. [minimum-never-reached]',
    ]);
  });

  it("refuses an empty folder", () => {
    expect(problemsOf("bad/empty-folder")).toEqual([
      "error bad/empty-folder: the folder holds no .yaml or .yml file. Put an OpenSLO file there, or name another folder. [empty-folder]",
    ]);
  });

  it("refuses a path that is not there", () => {
    expect(problemsOf("bad/nowhere")).toEqual([
      "error bad/nowhere: there is no such file or folder. Check the path; it is read from the working directory. [no-such-path]",
    ]);
  });

  it("tells the problems of all files at once, in order", () => {
    expect(problemsOf("bad/target-zero.yaml", "bad/target-one.yaml", "bad/invalid-yaml.yaml")).toEqual([
      "error bad/invalid-yaml.yaml:6:12: not valid YAML: nested mappings are not allowed in compact mappings. Put the text in quotes; a colon and a space begin a new field. [yaml-syntax]",
      'error bad/target-one.yaml:4:9: metadata.name: another SLO is called "shop-availability", at bad/target-zero.yaml:4. Rename one of the two, or remove it. [duplicate-name]',
      'error bad/target-one.yaml:18:9: metadata.name: another SLI is called "shop-requests", at bad/target-zero.yaml:18. Rename one of the two, or remove it. [duplicate-name]',
      "error bad/target-zero.yaml:13:15: spec.objectives[0].target: a target of 0 % asks for nothing: everything may fail, so no alert can ever fire. Write more than 0, such as 0.999. [target-asks-nothing]",
    ]);
  });
});
