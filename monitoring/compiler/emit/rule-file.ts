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

/** Rule groups that are printed already. */
export interface PrintedRuleFile extends Omit<RuleFileContent, "groups" | "timeScale"> {
  /** What `printGroups` gave for the same format, in order. */
  readonly groups: readonly string[];
}

/** The slowest scrape that a rule of ours reads, in seconds. */
const scrapeSeconds = 15;

/**
 * Prints a rule file.
 *
 * @returns `rules/<name>.yml`.
 * @throws RangeError when the time scale is out of range.
 */
export function ruleFile({ groups, timeScale, ...file }: RuleFileContent): GeneratedFile {
  return printedRuleFile({ ...file, groups: [printGroups(groups, file.format, timeScale)] });
}

/**
 * Prints rule groups as items of a file's list.
 *
 * @throws RangeError when the time scale is out of range.
 */
export function printGroups(groups: readonly RuleGroup[], format: RuleFormat, timeScale: number): string {
  const [scaled] = scaleRules([{ groups: groups.map(printable) }], timeScale, { scrapeSeconds });
  return printYaml((scaled?.groups ?? []) as unknown as Yaml, format === "operator" ? "    " : "  ");
}

/** Makes a file of printed groups: `rules/<name>.yml`. */
export function printedRuleFile({ name, groups, sources, format }: PrintedRuleFile): GeneratedFile {
  const operator = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: `burnrate-${name}`, labels: { "app.kubernetes.io/managed-by": "burnrate" } },
  };
  const head = format === "operator" ? `${printYaml(operator)}spec:\n  groups:\n` : "groups:\n";
  return { path: `rules/${name}.yml`, content: [header(sources), head, ...groups].join("") };
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
