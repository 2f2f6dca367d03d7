import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../duration.ts";
import type { Slo } from "../model.ts";
import { compileSlos } from "./compile.ts";
import { alerting, availability } from "./lab-slos.ts";

const run = promisify(execFile);
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "burnrate-shapes-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const month = {
  kind: "calendar",
  count: 1,
  unit: "M",
  start: "2026-01-01 00:00:00",
  timeZone: "America/New_York",
  seconds: 30 * DAY,
} as const;

describe("every shape of SLO", () => {
  const shapes: Readonly<Record<string, Partial<Slo>>> = {
    "a calendar month": { window: month },
    "a calendar month of slices": {
      window: month,
      budgeting: { method: "Timeslices", sliceSeconds: MINUTE, sliceTarget: 0.95 },
    },
    "ratio slices": { budgeting: { method: "RatioTimeslices", sliceSeconds: 5 * MINUTE } },
    "a gauge and a threshold": {
      indicator: { kind: "threshold-samples", query: `node_load1{job="node"}`, op: "lte", value: 2 },
    },
    "a ready-made ratio": {
      indicator: { kind: "ratio-samples", query: "shop:success:ratio", rawType: "success" },
    },
    "expressions with $window": {
      indicator: {
        kind: "events",
        bad: { query: "increase(a_total[$window]) + increase(b_total[$window])", counter: true },
        total: { query: "increase(c_total[$window])", counter: true },
      },
    },
    "gauges of events": {
      indicator: {
        kind: "events",
        good: { query: "good_now", counter: false },
        total: { query: "all_now", counter: false },
      },
    },
    "a week and a target of 50 %": { window: { kind: "rolling", seconds: 7 * DAY }, target: 0.5 },
    "everything else": {
      alerting: alerting({ whenNoData: true, minimumEvents: 10, routing: { team: "shop" } }),
    },
  };

  it.each(Object.keys(shapes))("compiles to rules and thresholds that promtool accepts: %s", async (name) => {
    const files = compileSlos([availability("order", shapes[name])], { application: false });
    const written = (path: string): string => join(folder, path.replace("/", "-"));
    const relinked = (content: string): string => content.replace("../rules/", "rules-");
    for (const { path, content } of files) await writeFile(written(path), relinked(content));
    await run("promtool", ["check", "rules", "--lint=all", "--lint-fatal", written("rules/order.yml")]);
    const { stdout } = await run("promtool", ["test", "rules", written("rule-tests/order_test.yml")]);
    expect(stdout).toContain("SUCCESS");
  });
});
