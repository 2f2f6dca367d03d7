/** What is mutated: rules, and the unit tests that are meant to notice. */
import { parse } from "yaml";
import { z } from "zod";
import { ruleFile } from "../emit/rule-file.ts";
import { ruleTests } from "../emit/rule-tests/rule-tests.ts";
import type { Slo } from "../model.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import { sloGroups } from "../rules/slo-groups.ts";

const texts = z.record(z.string(), z.string());
const ruleSchema = z.looseObject({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: texts.optional(),
  annotations: texts.optional(),
});
export const rulesSchema = z.object({
  groups: z.array(z.looseObject({ name: z.string(), rules: z.array(ruleSchema) })),
});
const testSchema = z.looseObject({
  name: z.string(),
  input_series: z.array(z.looseObject({ series: z.string() })),
  alert_rule_test: z.array(z.looseObject({ alertname: z.string(), eval_time: z.string() })).optional(),
  promql_expr_test: z
    .array(
      z.looseObject({
        expr: z.string(),
        eval_time: z.string(),
        exp_samples: z.array(z.object({ labels: z.string(), value: z.coerce.number() })).optional(),
      }),
    )
    .optional(),
});
export const testsSchema = z.object({
  rule_files: z.array(z.string()),
  evaluation_interval: z.string(),
  group_eval_order: z.array(z.string()).optional(),
  tests: z.array(testSchema),
});

export type Rule = z.infer<typeof ruleSchema>;
export type Group = z.infer<typeof rulesSchema>["groups"][number];
export type Test = z.infer<typeof testSchema>;
/** Tests with the head of their file. */
export interface TestFile {
  readonly evaluationInterval: string;
  readonly groupOrder?: readonly string[];
  readonly tests: readonly Test[];
}

export interface Subject {
  readonly name: string;
  readonly groups: readonly Group[];
  readonly files: readonly TestFile[];
  /** Equal for two subjects whose rules and tests differ in the service's name alone. */
  readonly shape: string;
}

/** One SLO's rules, with the tests that the compiler makes of it. */
export function sloSubject(slo: Slo): Subject {
  const made = sloGroups(slo, defaultLinkBases);
  const rules = ruleFile({
    name: slo.service,
    groups: made,
    sources: [],
    format: "prometheus",
    timeScale: 1,
  }).content;
  const tests = ruleTests(slo.service, [slo], made, defaultLinkBases).map(({ content }) => content);
  const body = [rules, ...tests].map((text) => text.slice(text.indexOf("\n"))).join("\n---\n");
  return {
    name: slo.name,
    groups: rulesSchema.parse(readYaml(rules)).groups,
    files: tests.map((text) => testFile(text)),
    shape: withoutName(body, slo.service),
  };
}

/** Puts a mark where a service's name stands as a word; `order` also ends the key `group_eval_order`. */
function withoutName(text: string, service: string): string {
  const capital = service.charAt(0).toUpperCase() + service.slice(1);
  const word = (name: string): RegExp => new RegExp(`(?<![A-Za-z_])${name}(?!\\w)`, "g");
  return text.replaceAll(word(service), "<service>").replaceAll(word(capital), "<Service>");
}

/** Every scalar as text: `0x15` is promtool's notation for sixteen zeros, not the number 21. */
export function readYaml(text: string): unknown {
  return parse(text, { schema: "failsafe" });
}

/** A file of unit tests, as text. */
export function testFile(text: string): TestFile {
  const {
    evaluation_interval: evaluationInterval,
    group_eval_order,
    tests,
  } = testsSchema.parse(readYaml(text));
  return { evaluationInterval, ...(group_eval_order && { groupOrder: group_eval_order }), tests };
}

/** What a rule is called in reports: its recorded name, or its alert and tier. */
export function ruleName(rule: Rule): string {
  return rule.record ?? [rule.alert, rule.labels?.["slo_tier"]].filter(Boolean).join(" ");
}
