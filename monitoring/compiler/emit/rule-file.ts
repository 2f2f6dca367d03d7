/** Rule groups as a file: a plain one for Prometheus, or a resource for prometheus-operator. */
import { duration } from "../duration.ts";
import type { Rule, RuleGroup } from "../rules/rule.ts";
import { header } from "./generated-file.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { printYaml } from "./yaml.ts";
import type { Yaml } from "./yaml.ts";

export type RuleFormat = "prometheus" | "operator";

/**
 * Prints rule groups.
 *
 * @param name the file's name without folder and ending; the resource's name for prometheus-operator.
 * @param groups in the order in which they are printed.
 * @param sources what the header names.
 * @param format `prometheus` for rule_files, `operator` for a PrometheusRule.
 */
export function ruleFile(
  name: string,
  groups: readonly RuleGroup[],
  sources: readonly string[],
  format: RuleFormat,
): GeneratedFile {
  const body = { groups: groups.map(printable) };
  const content: Yaml =
    format === "prometheus"
      ? body
      : {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: `burnrate-${name}`, labels: { "app.kubernetes.io/managed-by": "burnrate" } },
          spec: body,
        };
  return { path: `rules/${name}.yml`, content: header(sources) + printYaml(content) };
}

function printable(group: RuleGroup): Yaml {
  return {
    name: group.name,
    interval: duration(group.intervalSeconds),
    rules: group.rules.map(printableRule),
  };
}

function printableRule(rule: Rule): Yaml {
  if ("record" in rule) return { record: rule.record, expr: rule.expr, labels: rule.labels };
  return {
    alert: rule.alert,
    expr: rule.expr,
    for: rule.forSeconds === undefined ? undefined : duration(rule.forSeconds),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}
