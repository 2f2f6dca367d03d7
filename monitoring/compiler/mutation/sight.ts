/**
 * Which tests can see a rule, and what they need for it. A check that reads nothing made from the rule gives the same
 * answer whatever the rule says, so running it on a mutant is time lost; and rules that none of a test's checks read
 * need not be evaluated. Where in doubt, more is kept.
 */
import { parseDuration } from "../duration.ts";
import type { Group, Rule, Subject, Test, TestFile } from "./subject.ts";

/** One test, cut down to the checks that can see a rule, and to the rules and series that these read. */
export interface Trial {
  readonly test: Test;
  readonly file: TestFile;
  /** The rules to load, by number. */
  readonly rules: ReadonlySet<number>;
  /** About how much work it is. */
  readonly cost: number;
}

/** All rules of a subject, in order; a rule's number is its place here. */
export function rulesOf(subject: Subject): Rule[] {
  return subject.groups.flatMap(({ rules }) => rules);
}

/** For each rule, the trials that can see it, cheapest first. */
export function trialsOf(subject: Subject): Trial[][] {
  const rules = rulesOf(subject);
  const reads = rules.map((rule) =>
    readers(rules, rule.expr, Object.values(rule.annotations ?? {}).join("\n")),
  );
  const closures = subject.files.flatMap((file) =>
    file.tests.map((test) => ({ file, test, checks: checksOf(test, rules, reads) })),
  );
  return rules.map((_, index) =>
    closures
      .flatMap(({ file, test, checks }) => trialOf(index, rules, file, test, checks) ?? [])
      .toSorted((a, b) => a.cost - b.cost),
  );
}

/** The groups of the rules that a trial loads; `change` may put another rule in a rule's place. */
export function groupsOf(
  subject: Subject,
  trial: Trial,
  change: (rule: Rule, index: number) => Rule,
): Group[] {
  let index = 0;
  return subject.groups
    .map((group) => ({
      ...group,
      rules: group.rules.flatMap((rule) => {
        const number = index++;
        return trial.rules.has(number) ? [change(rule, number)] : [];
      }),
    }))
    .filter(({ rules }) => rules.length > 0);
}

interface Check {
  readonly kind: "alert" | "value";
  readonly place: number;
  readonly seconds: number;
  readonly text: string;
  readonly rules: ReadonlySet<number>;
}

function checksOf(test: Test, rules: readonly Rule[], reads: readonly (readonly number[])[]): Check[] {
  const alerts = (test.alert_rule_test ?? []).map(({ alertname, eval_time }, place): Check => {
    const named = rules.flatMap(({ alert }, index) => (alert === alertname ? [index] : []));
    return { kind: "alert", place, seconds: seconds(eval_time), text: "", rules: closure(named, reads) };
  });
  const values = (test.promql_expr_test ?? []).map(({ expr, eval_time }, place): Check => ({
    kind: "value",
    place,
    seconds: seconds(eval_time),
    text: expr,
    rules: closure(readers(rules, expr), reads),
  }));
  return [...alerts, ...values];
}

function trialOf(
  rule: number,
  all: readonly Rule[],
  file: TestFile,
  test: Test,
  checks: readonly Check[],
): Trial | undefined {
  const seeing = checks.filter((check) => check.rules.has(rule));
  if (seeing.length === 0) return undefined;
  const kept = (kind: Check["kind"]): Set<number> =>
    new Set(seeing.filter((check) => check.kind === kind).map(({ place }) => place));
  const rules = new Set(seeing.flatMap((check) => [...check.rules]));
  const loaded = [...rules].map((index) => all[index]);
  const text = [
    ...seeing.map((check) => check.text),
    ...loaded.flatMap((one) => [one?.expr ?? "", ...Object.values(one?.annotations ?? {})]),
  ];
  const words = new Set(text.flatMap((part) => wordsOf(part)));
  const anything = [...seeing.map((check) => check.text), ...loaded.map((one) => one?.expr ?? "")].some(
    isNameless,
  );
  const last = Math.max(...seeing.map((check) => check.seconds));
  const { alert_rule_test: alerts, promql_expr_test: values, ...rest } = test;
  return {
    file,
    rules,
    cost: (last / parseDuration(file.evaluationInterval) + 2) * rules.size,
    test: {
      ...rest,
      input_series: test.input_series.filter(
        ({ series }) => anything || words.has(/^[\w:]+/.exec(series)?.[0] ?? ""),
      ),
      ...(alerts && { alert_rule_test: alerts.filter((_, place) => kept("alert").has(place)) }),
      ...(values && { promql_expr_test: values.filter((_, place) => kept("value").has(place)) }),
    },
  };
}

/** The rules whose results an expression, or a text with queries in it, may read. */
function readers(rules: readonly Rule[], expr: string, texts = ""): number[] {
  const words = new Set([...wordsOf(expr), ...wordsOf(texts)]);
  const tier = /slo_tier="([^"]*)"/.exec(expr)?.[1];
  const readsAlerts = words.has("ALERTS") || words.has("ALERTS_FOR_STATE");
  const anything = isNameless(expr);
  return rules.flatMap(({ record, alert, labels }, index) => {
    if (anything || (record !== undefined && words.has(record))) return [index];
    const isMeant = tier === undefined || labels?.["slo_tier"] === tier;
    return readsAlerts && alert !== undefined && isMeant ? [index] : [];
  });
}

function closure(from: readonly number[], reads: readonly (readonly number[])[]): Set<number> {
  const found = new Set(from);
  for (const index of found) for (const next of reads[index] ?? []) found.add(next);
  return found;
}

function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z_:][\w:]*/g) ?? [];
}

/** A selector without a name may read everything. */
function isNameless(expr: string): boolean {
  return /(?:^|[^\w:])\{/.test(expr);
}

function seconds(text: string): number {
  return parseDuration(text);
}
