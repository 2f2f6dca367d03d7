import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../duration.ts";
import { availability, latency } from "../emit/lab-slos.ts";
import { ruleFile } from "../emit/rule-file.ts";
import { printYaml } from "../emit/yaml.ts";
import { calendarParts, calendarRules } from "./calendar.ts";
import type { RuleGroup } from "./rule.ts";
import { sampleRules } from "./samples.ts";
import { sliceRules } from "./slices.ts";
import { defaultLinkBases } from "./annotations.ts";
import { sloGroups } from "./slo-groups.ts";

const run = promisify(execFile);
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "burnrate-shapes-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Expects values of rules that are evaluated every so often, with series fed once a minute; gives what promtool says. */
async function testRules(
  groups: readonly RuleGroup[],
  evaluation: string,
  inputs: Readonly<Record<string, string>>,
  values: readonly (readonly [at: string, expr: string, value: number | undefined])[],
): Promise<string> {
  const rules = ruleFile({ name: "x", groups, sources: ["x"], format: "prometheus", timeScale: 1 });
  await writeFile(join(folder, "rules.yml"), rules.content);
  const tests = {
    rule_files: ["rules.yml"],
    evaluation_interval: evaluation,
    group_eval_order: groups.map((group) => group.name),
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(inputs).map(([series, text]) => ({ series, values: text })),
        promql_expr_test: values.map(([at, expr, value]) => ({
          expr,
          eval_time: at,
          exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
        })),
      },
    ],
  };
  await writeFile(join(folder, "test.yml"), printYaml(tests));
  const { stdout } = await run("promtool", ["test", "rules", join(folder, "test.yml")]);
  return stdout;
}

const tile = 4 * MINUTE;

const month = {
  kind: "calendar",
  count: 1,
  unit: "M",
  start: "2026-01-01 00:00:00",
  timeZone: "America/New_York",
  seconds: 30 * DAY,
} as const;

describe("timeslices", () => {
  const counters = {
    [`http_requests_total{service="order",path="/a",status="200"}`]: "0+100x5 500x4 594+94x4",
    [`http_requests_total{service="order",path="/a",status="500"}`]: "0x10 6+6x4",
  };

  it("judge each slice by its good share, and an idle one as good", async () => {
    const slo = availability("order", {
      budgeting: { method: "Timeslices", sliceSeconds: 5 * MINUTE, sliceTarget: 0.95 },
    });
    const groups = [{ name: "slices", intervalSeconds: 5 * MINUTE, rules: sliceRules(slo) }];
    const said = await testRules(groups, "5m", counters, [
      ["5m", "sum(slo:availability:bad:slice)", 0],
      ["10m", "sum(slo:availability:bad:slice)", 0],
      ["15m", "sum(slo:availability:bad:slice)", 1],
      ["10m", "sum(slo:availability:total:slice)", 1],
    ]);
    expect(said).toContain("SUCCESS");
  });

  it("may take the share itself, and leave idle slices out", async () => {
    const slo = availability("order", { budgeting: { method: "RatioTimeslices", sliceSeconds: 5 * MINUTE } });
    const groups = [{ name: "slices", intervalSeconds: 5 * MINUTE, rules: sliceRules(slo) }];
    const said = await testRules(groups, "5m", counters, [
      ["10m", "sum(slo:availability:bad:slice)", 0],
      ["10m", "sum(slo:availability:total:slice)", 0],
      ["15m", "round(sum(slo:availability:bad:slice), 0.001)", 0.06],
      ["15m", "sum(slo:availability:total:slice)", 1],
    ]);
    expect(said).toContain("SUCCESS");
  });

  it("count into the windows and the budget", async () => {
    const slo = availability("order", {
      target: 0.9,
      budgeting: { method: "Timeslices", sliceSeconds: 5 * MINUTE, sliceTarget: 0.95 },
    });
    const slices = {
      [`slo:availability:total:slice{service="order",slo="order-availability"}`]: "1x60",
      [`slo:availability:bad:slice{service="order",slo="order-availability"}`]: "1x3 0x56",
    };
    const said = await testRules(sloGroups(slo, defaultLinkBases), "1h", slices, [
      ["1h", "round(sum(slo:availability:ratio_rate2h) * 61)", 57],
      ["1h", "round(sum(slo:error_budget:availability_remaining), 0.001)", 0.344],
    ]);
    expect(said).toContain("SUCCESS");
  });
});

describe("samples of a gauge", () => {
  it("are bad when they miss the threshold, and NaN is neither good nor bad", async () => {
    const slo = availability("order", {
      indicator: { kind: "threshold-samples", query: "queue_depth", op: "lt", value: 10 },
    });
    const groups = [{ name: "samples", intervalSeconds: 15, rules: sampleRules(slo) }];
    const said = await testRules(
      groups,
      "1m",
      { 'queue_depth{shard="a"}': "9 10 11 NaN", 'queue_depth{shard="b"}': "1x3" },
      [
        ["0m", "sum(slo:availability:bad:sample)", 0],
        ["1m", "sum(slo:availability:bad:sample)", 1],
        ["2m", "sum(slo:availability:bad:sample)", 1],
        ["3m", "sum(slo:availability:bad:sample)", 0],
        ["2m", "sum(slo:availability:total:sample)", 2],
        ["3m", "sum(slo:availability:total:sample)", 1],
      ],
    );
    expect(said).toContain("SUCCESS");
  });

  it("of a ratio count by how far they are from good, within 0 and 1", async () => {
    const slo = availability("order", {
      indicator: { kind: "ratio-samples", query: "success_ratio", rawType: "success" },
    });
    const groups = [{ name: "samples", intervalSeconds: 15, rules: sampleRules(slo) }];
    const said = await testRules(groups, "1m", { success_ratio: "0.75 1.5 NaN" }, [
      ["0m", "sum(slo:availability:bad:sample)", 0.25],
      ["1m", "sum(slo:availability:bad:sample)", 0],
      ["2m", "sum(slo:availability:bad:sample)", 0],
      ["2m", "sum(slo:availability:total:sample)", 0],
    ]);
    expect(said).toContain("SUCCESS");
  });
});

it("counts a calendar period from its first moment", async () => {
  const window = {
    ...month,
    unit: "d",
    start: "1970-01-01 00:00:00",
    timeZone: "UTC",
    seconds: DAY,
  } as const;
  const slo = availability("order", { window });
  const [start, ...periods] = calendarRules(slo, window, { first: 1970, last: 1971 });
  if (start === undefined) throw new Error("there is a rule for the start");
  const rules = [start, ...calendarParts(slo), ...periods];
  const minutes = DAY / MINUTE + 300;
  const said = await testRules(
    [{ name: "long", intervalSeconds: 4 * MINUTE, rules }],
    "4m",
    {
      [`slo:availability:total:tile4m{service="order",slo="order-availability",part="older"}`]: `1x${minutes}`,
      [`slo:availability:total:increase1h{service="order",slo="order-availability"}`]: `60x${minutes}`,
    },
    [
      ["20h", "sum(slo:availability:period_start_seconds)", 0],
      // A tile every four minutes since there was a start to look back at, and the newest hour.
      ["20h", "sum(slo:availability:total:increase_period)", (20 * HOUR - 64 * MINUTE) / tile + 1 + 60],
      ["1d", "sum(slo:availability:period_start_seconds)", DAY],
      // A third of the newest hour is of today, and no tile yet.
      ["1d20m", "sum(slo:availability:total:increase_period)", 20],
      ["1d3h", "sum(slo:availability:total:increase_period)", (3 * HOUR - 64 * MINUTE) / tile + 1 + 60],
    ],
  );
  expect(said).toContain("SUCCESS");
});

it("says nothing of slices for an SLO that counts events", () => {
  expect(sliceRules(latency("order"))).toEqual([]);
  expect(sampleRules(latency("order"))).toEqual([]);
});
