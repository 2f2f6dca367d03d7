/** Does what watches still live, and what does it cost? */
import { colour } from "../kit/colours.ts";
import { bars, graph, number } from "../kit/panels.ts";
import { now, over } from "../kit/queries.ts";
import { noneIsGood } from "../kit/thresholds.ts";

/** A rule group by its name alone: the label begins with its file's path, which differs from machine to machine. */
const byGroup = (series: string): string =>
  `sum by (group) (label_replace(${series}, "group", "$1", "rule_group", ".*;(?:slo-)?(.+)"))`;
const total = (metric: string): string => `sum(rate(${metric}[$__rate_interval]))`;
/** Seconds without the Watchdog after which the alert WatchdogNotHeard begins to count. */
const silent = 180;

export function watchdog() {
  return number({
    title: "Watchdog",
    description:
      "It always fires. If it does not, Prometheus does not evaluate, and no other alert can be believed.",
    unit: "none",
    queries: [now('count(ALERTS{alertname="Watchdog",alertstate="firing"}) or vector(0)', "Watchdog")],
    states: { 0: { text: "silent", color: colour.page }, 1: { text: "fires", color: colour.good } },
    steps: [colour.page, [1, colour.good]],
    runbook: "Watchdog",
  });
}

export function watchdogHeard() {
  return graph({
    title: "Since the Watchdog was heard",
    description: "It beats once a minute. Above the red line the way to the dead man's switch is cut.",
    unit: "s",
    queries: [over("time() - (console_watchdog_last_heard_timestamp_seconds > 0)", "heard")],
    steps: [colour.good, [silent, colour.page]],
    runbook: "Watchdog",
  }).min(0);
}

export function ruleShare() {
  return graph({
    title: "Processor time for rules",
    description:
      "Cores that Prometheus spends on evaluating rules. A step up is a new rule: see which group below.",
    unit: "short",
    queries: [over(total("prometheus_rule_evaluation_duration_seconds_sum"), "all rules")],
    steps: [colour.good, [0.5, colour.notice], [1, colour.page]],
    runbook: "PrometheusRules",
  }).min(0);
}

export function slowestGroups() {
  return bars(
    {
      title: "Slowest groups of rules",
      description:
        "How long the last evaluation took. Near the group's interval (15 s at least) evaluations are lost.",
      unit: "s",
      queries: [now(`topk(8, ${byGroup("prometheus_rule_group_last_duration_seconds")})`, "{{group}}")],
      steps: [colour.good, [1, colour.notice], [5, colour.page]],
      runbook: "PrometheusRules",
    },
    0,
  );
}

export function samples() {
  return bars(
    {
      title: "Series by group of rules",
      description: "What the last evaluation wrote. A group that grows has a label with too many values.",
      unit: "short",
      queries: [now(`topk(8, ${byGroup("prometheus_rule_group_last_evaluation_samples")})`, "{{group}}")],
      steps: [colour.plain],
      runbook: "PrometheusRules",
    },
    0,
  );
}

export function missed() {
  return graph({
    title: "Evaluations missed, a second",
    description:
      "A group took longer than its interval: alerts come late. Make it cheaper, or its interval longer.",
    unit: "ops",
    queries: [over(total("prometheus_rule_group_iterations_missed_total"), "missed")],
    steps: noneIsGood,
    runbook: "PrometheusRules",
  }).min(0);
}

export function evaluationFailures() {
  return graph({
    title: "Evaluations failed, a second",
    description: "A rule that does not evaluate cannot fire. Prometheus' log says which, and why.",
    unit: "ops",
    queries: [over(total("prometheus_rule_evaluation_failures_total"), "failed")],
    steps: noneIsGood,
    runbook: "PrometheusRules",
  }).min(0);
}
