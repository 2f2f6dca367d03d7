import { describe, expect, it } from "vitest";
import { duration } from "./duration.ts";
import { availability } from "./emit/lab-slos.ts";
import { defaultLinkBases } from "./rules/annotations.ts";
import type { RuleGroup } from "./rules/rule.ts";
import { sloGroups } from "./rules/slo-groups.ts";
import { scaleRules } from "./time-scale.ts";
import type { GroupDocument, RuleEntry } from "./time-scale.ts";

const options = { scrapeSeconds: 5 };

function scaledExpression(expr: string, scale: number, scrapeSeconds = 5): string | undefined {
  const file = { groups: [{ name: "g", rules: [{ record: "r", expr }] }] };
  return scaleRules([file], scale, { scrapeSeconds })[0]?.groups[0]?.rules[0]?.expr;
}

function scaledRule(rule: RuleEntry, scale: number): RuleEntry | undefined {
  return scaleRules([{ groups: [{ name: "g", rules: [rule] }] }], scale, options)[0]?.groups[0]?.rules[0];
}

describe("durations in an expression", () => {
  it.each([
    ["a range", "rate(x[5m])", "rate(x[30s])"],
    ["an offset", "x offset 1h", "x offset 6m"],
    ["a negative offset", "x offset -1h30m", "x offset -9m"],
    ["a subquery's range and step", "max_over_time(x[1d:5m])", "max_over_time(x[2h24m:30s])"],
    ["a subquery without a step", "max_over_time(x[1d:])", "max_over_time(x[2h24m:])"],
    ["a range with an @ of its own", "rate(x[1h] @ 1700000000)", "rate(x[6m] @ 1700000000)"],
    ["a range with @ end()", "rate(x[1h] @ end() offset 1h)", "rate(x[6m] @ end() offset 6m)"],
    ["a range of seconds without a unit", "rate(x[3000])", "rate(x[5m])"],
    ["fractions down to a millisecond", "x offset 57m30s", "x offset 5m45s"],
  ])("divides %s", (_, expr, expected) => {
    expect(scaledExpression(expr, 10)).toBe(expected);
  });

  it.each([
    ["text in a matcher", `x{window="5m",le!~"[5m]"} > 1`],
    ["a number that is written as a duration", "x > 5m"],
    ["a series' name", "slo:availability:ratio_rate5m"],
    ["a string argument", `label_replace(x, "a", "[5m]", "b", "(.*)")`],
    ["an offset of nothing", "x offset 0s"],
  ])("leaves %s alone", (_, expr) => {
    expect(scaledExpression(expr, 10)).toBe(expr);
  });

  it("keeps comments and line breaks", () => {
    expect(scaledExpression("rate(\n  x[5m] # last 5m\n)", 10)).toBe("rate(\n  x[30s] # last 5m\n)");
  });

  it("keeps every range at four scaled scrapes, which are never closer than a second", () => {
    expect(scaledExpression("rate(x[1m]) + rate(x[5m])", 60)).toBe("rate(x[4s]) + rate(x[5s])");
    expect(scaledExpression("rate(x[1m])", 5, 15)).toBe("rate(x[12s])");
  });

  it("does not stretch offsets and subqueries, which need no samples", () => {
    expect(scaledExpression("max_over_time(x[1m:15s] offset 1m)", 60)).toBe(
      "max_over_time(x[1s:250ms] offset 1s)",
    );
  });

  it("says which rule it cannot parse", () => {
    expect(() => scaledExpression("rate(x[5m)", 2)).toThrow(
      new SyntaxError('g, r: cannot parse the expression at ")"'),
    );
  });

  it("refuses arithmetic on durations", () => {
    expect(() => scaledExpression("rate(x[5m*2])", 2)).toThrow(
      new SyntaxError("g, r: cannot scale the arithmetic on durations 5m*2"),
    );
  });
});

describe("a rule file", () => {
  it("gets shorter holding times, and keeps its names and texts", () => {
    const rule = {
      alert: "Down5m",
      expr: "up == 0",
      for: "5m",
      keep_firing_for: "1h",
      labels: { window: "5m" },
      annotations: { summary: "down for 5m" },
    };
    expect(scaledRule(rule, 10)).toEqual({ ...rule, for: "30s", keep_firing_for: "6m" });
  });

  it("accepts a holding time of zero", () => {
    expect(scaledRule({ alert: "A", expr: "up == 0", for: "0s" }, 10)?.for).toBe("0s");
  });

  it("evaluates no group more often than once a second, and leaves the global interval to others", () => {
    const groups = [
      { name: "a", interval: "15s", rules: [] },
      { name: "b", interval: "4m", limit: 5, rules: [] },
      { name: "c", rules: [] },
    ];
    expect(scaleRules([{ groups }], 60, options)).toEqual([
      {
        groups: [
          { name: "a", interval: "1s", rules: [] },
          { name: "b", interval: "4s", limit: 5, rules: [] },
          { name: "c", rules: [] },
        ],
      },
    ]);
  });

  it("is the same at scale 1", () => {
    const file = { groups: [{ name: "a", interval: "15s", rules: [{ record: "r", expr: "rate(x[1s])" }] }] };
    expect(scaleRules([file], 1, options)).toEqual([file]);
  });

  it.each([0, 0.5, 61, Number.NaN])("refuses a scale of %d", (scale) => {
    expect(() => scaleRules([], scale, options)).toThrow(
      new RangeError(`time scale: got ${scale}, want a number from 1 to 60`),
    );
  });
});

it("keeps our own windows whole at 60: newest minute, seam, slides and tiles", () => {
  const file = { groups: sloGroups(availability("order"), defaultLinkBases).map(asDocument) };
  const groups = scaleRules([file], 60, options)[0]?.groups ?? [];
  expect(groups.map((group) => group.interval)).toEqual(["1s", "1s", "4s"]);
  const ranges = groups.map((group) =>
    Array.from(new Set(group.rules.flatMap(({ expr }) => expr.match(/\[[^\]]+\](?: offset \w+)?/g) ?? []))),
  );
  expect(ranges).toEqual([
    // The six hours of the slow page are evaluated as often as the raw windows.
    ["[4s]", "[5s]", "[30s]", "[1m]", "[5m] offset 57s500ms"],
    ["[1m] offset 57s500ms"],
    ["[4s] offset 57s500ms", "[22m58s]", "[1h10m58s]", "[11h58m58s]"],
  ]);
});

function asDocument(group: RuleGroup): GroupDocument {
  return {
    name: group.name,
    interval: duration(group.intervalSeconds),
    rules: group.rules.map(({ expr }) => ({ record: "r", expr })),
  };
}
