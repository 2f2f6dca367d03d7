import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../../testdata/fixture.ts";

describe("alert policies", () => {
  it("tells what is wrong with policies, conditions and targets", () => {
    expect(problemsOf("bad/alerting.yaml")).toEqual([
      'error bad/alerting.yaml:18:13: spec.severity: got "SEV1", and alerts are routed as critical or warning alone. Write page or critical for what wakes somebody, ticket or warning for what can wait. [unknown-severity]',
      "error bad/alerting.yaml:34:16: spec.condition.threshold: a burn rate is always 0 or more, so this fires for ever. Write more than 0. [bad-threshold]",
      'error bad/alerting.yaml:44:11: spec.condition.kind: got "budget", want burnrate. Write burnrate. [bad-value]',
      'warning bad/alerting.yaml:95:9: metadata.name: "on_call" is no RFC 1123 label; the specification\'s own examples use such names, its SDK refuses them. Use lower-case letters, digits and dashes if other tools read this file. [name-not-rfc1123]',
      "error bad/alerting.yaml:105:3: spec.conditions: got 2 conditions, and OpenSLO v1 allows exactly one. Write one AlertPolicy for each condition, and list them all in the SLO's alertPolicies. [one-condition]",
      "error bad/alerting.yaml:119:3: spec.notificationTargets: the policy notifies nobody. Add a targetRef or a target in place. [no-target]",
      "error bad/alerting.yaml:128:7: spec.conditions[0]: both conditionRef and an object in place are given. Write conditionRef alone, or kind, metadata and spec. [reference-or-object]",
      "error bad/alerting.yaml:140:7: spec.conditions[0]: neither conditionRef nor an object in place is given. Write conditionRef alone, or kind, metadata and spec. [reference-or-object]",
      "error bad/alerting.yaml:151:7: spec.conditions[0]: an object in place needs metadata. Add metadata. [missing-field]",
      "error bad/alerting.yaml:151:7: spec.conditions[0]: an object in place needs spec. Add spec. [missing-field]",
      "error bad/alerting.yaml:160:22: spec.alertWhenResolved: Alertmanager tells of an end only where it told of a beginning, and alertWhenBreaching is not true. Add alertWhenBreaching: true, or remove alertWhenResolved. [resolved-without-breaching]",
      "error bad/alerting.yaml:176:7: spec.notificationTargets[1]: two of the targets become the label notify_on_call. Name the targets more differently, or list each once. [label-collision]",
      'error bad/alerting.yaml:237:7: spec.alertPolicies[1]: two tiers of this SLO are called "fast-burn". Rename one; a tier is called like its AlertCondition. [duplicate-tier]',
      "error bad/alerting.yaml:253:7: spec.alertPolicies[0]: tier tiny: its short window of 1m is not shorter than its long one of 1m. Make the long window longer; a twelfth of it is a good short one. [tier-windows]",
      "error bad/alerting.yaml:254:7: spec.alertPolicies[1]: tier wide: its window of 40d is longer than the SLO's of 30d. Shorten it. [tier-above-window]",
      "error bad/alerting.yaml:255:7: spec.alertPolicies[2]: tier late: it would fire when 144 % of the budget is gone. Choose a factor and a window that spend more than 0 % and at most 100 %. [tier-share]",
      "error bad/alerting.yaml:272:3: spec.alertPolicies: the alert policies and the annotation burnrate.dev/tiers both choose alerts. Keep one of the two. [tiers-twice]",
    ]);
  });

  it("makes a tier of each policy: lookback is the long window, a twelfth of it the short one", () => {
    const { alerting } = slosOf("good/all-kinds")["checkout-availability"] ?? {};
    expect(alerting?.tiers).toEqual([
      {
        name: "fast-burn",
        severity: "critical",
        budgetShare: 0.0214285714286,
        longSeconds: 3600,
        shortSeconds: 300,
        factor: 14.4,
        forSeconds: 120,
        routing: { notify_on_call: "pagerduty", notify_team_channel: "slack" },
      },
      {
        name: "slow-burn",
        severity: "warning",
        budgetShare: 0.107142857143,
        longSeconds: 259_200,
        shortSeconds: 21_600,
        factor: 1,
        routing: { notify_ticket_queue: "jira" },
      },
    ]);
    expect(alerting?.whenNoData).toBe(true);
  });
});
