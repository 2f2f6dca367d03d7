import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../../testdata/fixture.ts";

describe("annotations and labels", () => {
  it("tells what is wrong with them, inside the list of tiers too", () => {
    expect(problemsOf("bad/annotations.yaml")).toEqual([
      'error bad/annotations.yaml:6:5: metadata.annotations["burnrate.dev/tier"]: there is no annotation burnrate.dev/tier here. Did you mean "burnrate.dev/tiers"? [unknown-annotation]',
      'error bad/annotations.yaml:7:5: metadata.annotations["burnrate.dev/colour"]: there is no annotation burnrate.dev/colour here. Known here: burnrate.dev/sli, burnrate.dev/minimum-events, burnrate.dev/alert-when-no-data, burnrate.dev/runbook-url, burnrate.dev/dashboard-url, burnrate.dev/logs-url, burnrate.dev/tiers. [unknown-annotation]',
      'error bad/annotations.yaml:24:23: metadata.annotations["burnrate.dev/sli"]: got "Request Latency", want lower-case letters, digits and underscores, beginning with a letter, such as availability. Change or remove it. [bad-annotation]',
      'error bad/annotations.yaml:25:34: metadata.annotations["burnrate.dev/minimum-events"]: got "-5", want a whole number in quotes, such as "100". Change or remove it. [bad-annotation]',
      'error bad/annotations.yaml:26:38: metadata.annotations["burnrate.dev/alert-when-no-data"]: got "yes", want "true" or "false". Change or remove it. [bad-annotation]',
      'error bad/annotations.yaml:27:31: metadata.annotations["burnrate.dev/runbook-url"]: got "runbooks/shop.md", want an http or https URL. Change or remove it. [bad-annotation]',
      'error bad/annotations.yaml:45:19: metadata.annotations["burnrate.dev/tiers"][0].severity: got "urgent", and alerts are routed as critical or warning alone. Write page or critical for what wakes somebody, ticket or warning for what can wait. [unknown-severity]',
      'error bad/annotations.yaml:48:9: metadata.annotations["burnrate.dev/tiers"][1]: neither factor nor budgetShare is given. Write exactly one of the two. [bad-tier]',
      'error bad/annotations.yaml:51:9: metadata.annotations["burnrate.dev/tiers"][2]: neither factor nor budgetShare is given. Write exactly one of the two. [bad-tier]',
      'error bad/annotations.yaml:53:9: metadata.annotations["burnrate.dev/tiers"][2].budgetshare: there is no such field here. Did you mean "budgetShare"? [unknown-field]',
      'error bad/annotations.yaml:54:15: metadata.annotations["burnrate.dev/tiers"][2].long: got "6 h", want a whole number and one of m h d w M Q Y, such as 30d. m is minutes and M is months; write one number and one letter without a space. [bad-format]',
      'error bad/annotations.yaml:71:9: metadata.annotations["burnrate.dev/tiers"][0]: tier none: it would fire when 0 % of the budget is gone. Choose a factor and a window that spend more than 0 % and at most 100 %. [tier-share]',
      'error bad/annotations.yaml:90:35: metadata.annotations["burnrate.dev/tiers"]: not valid YAML: flow map in block collection must be sufficiently indented and end with a }. Line it up with its neighbours, with spaces. [yaml-syntax]',
      "error bad/annotations.yaml:106:5: metadata.labels.severity: the label severity is set by the compiler or by Prometheus. Rename it. [reserved-label]",
      "error bad/annotations.yaml:107:5: metadata.labels.notify_me: the label notify_me is set by the compiler or by Prometheus. Rename it. [reserved-label]",
      'error bad/annotations.yaml:109:5: metadata.labels["cost.centre"]: two labels become cost_centre in Prometheus. Rename one of the two. [label-collision]',
      'error bad/annotations.yaml:125:5: metadata.annotations["burnrate.dev/sli"]: there is no annotation burnrate.dev/sli here. Put it on the SLO. [unknown-annotation]',
    ]);
  });

  it("takes minimum events and links from annotations, and routing from labels", () => {
    const { alerting } = slosOf("good/all-kinds")["checkout-availability"] ?? {};
    expect(alerting?.minimumEvents).toBe(100);
    expect(alerting?.links).toEqual({ runbook: "https://wiki.example/checkout" });
    expect(alerting?.routing).toEqual({ team: "money", cost_centre: "shop,web" });
  });

  it("takes tiers by their share of the budget or by their factor", () => {
    const { alerting } = slosOf("good/budgeting.yaml")["by-slices"] ?? {};
    expect(alerting?.tiers).toEqual([
      {
        name: "page",
        severity: "critical",
        budgetShare: 0.08,
        longSeconds: 3600,
        shortSeconds: 300,
        factor: 13.44,
      },
      {
        name: "ticket",
        severity: "warning",
        budgetShare: 0.2,
        longSeconds: 86_400,
        shortSeconds: 7200,
        factor: 1.4,
      },
    ]);
  });
});
