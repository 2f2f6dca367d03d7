import { describe, expect, it } from "vitest";
import { availability } from "../emit/lab-slos.ts";
import { groupsOf, rulesOf, trialsOf } from "./sight.ts";
import { sloSubject, testFile } from "./subject.ts";
import type { Subject } from "./subject.ts";

const tests = `
rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - name: both
    interval: 1m
    input_series:
      - { series: raw_a, values: 0x15 }
      - { series: raw_b, values: 1x5 }
    promql_expr_test:
      - { expr: "sum(b)", eval_time: 5m, exp_samples: [{ labels: "{}", value: 1 }] }
      - { expr: c, eval_time: 1m }
  - name: everything
    interval: 1m
    input_series: [{ series: raw_a, values: 1x9 }]
    promql_expr_test:
      - { expr: 'count({x="y"})', eval_time: 9m }
`;
const subject: Subject = {
  name: "example",
  groups: [
    {
      name: "g",
      rules: [
        { record: "a", expr: "raw_a" },
        { record: "b", expr: "a + 1" },
        { record: "c", expr: "raw_b" },
      ],
    },
  ],
  files: [testFile(tests)],
  shape: "",
};

describe("trialsOf", () => {
  it("keeps the checks that read a rule, through other rules too, and drops the rest", () => {
    const [ofA, , ofC] = trialsOf(subject);
    expect(ofA?.[0]?.test).toEqual({
      name: "both",
      interval: "1m",
      input_series: [{ series: "raw_a", values: "0x15" }],
      promql_expr_test: [{ expr: "sum(b)", eval_time: "5m", exp_samples: [{ labels: "{}", value: 1 }] }],
    });
    expect(ofA?.[0]?.rules).toEqual(new Set([0, 1]));
    expect(ofC?.map(({ test }) => test.name)).toEqual(["both", "everything"]);
  });

  it("lets a selector without a name see every rule", () => {
    const everything = trialsOf(subject)[1]?.find(({ test }) => test.name === "everything");
    expect([...(everything?.rules ?? [])]).toEqual([0, 1, 2]);
  });

  it("puts the mutant in its rule's place and leaves out rules that nothing reads", () => {
    const [trial] = trialsOf(subject)[0] ?? [];
    if (trial === undefined) throw new Error("a test sees the rule");
    const groups = groupsOf(subject, trial, (rule, index) => (index === 0 ? { ...rule, expr: "0" } : rule));
    expect(groups.flatMap(({ rules }) => rules.map(({ expr }) => expr))).toEqual(["0", "a + 1"]);
  });

  it("sees every rule of an SLO", () => {
    const slo = sloSubject(availability("order"));
    const trials = trialsOf(slo);
    const unseen = rulesOf(slo).filter((_, index) => trials[index]?.length === 0);
    expect(unseen).toEqual([]);
  });
});

it("finds SLOs of one shape, and tells other targets apart", () => {
  const { shape } = sloSubject(availability("order"));
  expect(sloSubject(availability("payment")).shape).toBe(shape);
  expect(sloSubject(availability("payment", { target: 0.99 })).shape).not.toBe(shape);
});
