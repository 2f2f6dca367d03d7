/** Rule groups as a file: a plain one for Prometheus, or a resource for prometheus-operator. */
import { duration } from "../duration.ts";
import type { Rule, RuleGroup } from "../rules/rule.ts";
import { scaleRules } from "../time-scale.ts";
import type { GroupDocument, RuleEntry } from "../time-scale.ts";
import { header } from "./generated-file.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { printYaml } from "./yaml.ts";
import type { Yaml } from "./yaml.ts";

export type RuleFormat = "prometheus" | "operator";

export interface RuleFileContent {
  /** The file's name without folder and ending; the resource's name for prometheus-operator. */
  readonly name: string;
  readonly groups: readonly RuleGroup[];
  /** What the header names. */
  readonly sources: readonly string[];
  /** `prometheus` for rule_files, `operator` for a PrometheusRule. */
  readonly format: RuleFormat;
  /** How many times faster than real time. */
  readonly timeScale: number;
}

/** The slowest scrape that a rule of ours reads, in seconds. */
const scrapeSeconds = 15;

/**
 * Prints rule groups.
 *
 * @returns `rules/<name>.yml`.
 * @throws RangeError when the time scale is out of range.
 */
export function ruleFile({ name, groups, sources, format, timeScale }: RuleFileContent): GeneratedFile {
  const [body] = scaleRules([{ groups: groups.map(printable) }], timeScale, { scrapeSeconds });
  const content =
    format === "prometheus"
      ? body
      : {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: `burnrate-${name}`, labels: { "app.kubernetes.io/managed-by": "burnrate" } },
          spec: body,
        };
  return { path: `rules/${name}.yml`, content: header(sources) + printYaml(content as unknown as Yaml) };
}

function printable(group: RuleGroup): GroupDocument {
  return {
    name: group.name,
    interval: duration(group.intervalSeconds),
    rules: group.rules.map(printableRule),
  };
}

function printableRule(rule: Rule): RuleEntry {
  if ("record" in rule) {
    return { record: rule.record, expr: rule.expr, ...(rule.labels ? { labels: rule.labels } : {}) };
  }
  return {
    alert: rule.alert,
    expr: rule.expr,
    ...(rule.forSeconds === undefined ? {} : { for: duration(rule.forSeconds) }),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}
