import { execFileSync } from "node:child_process";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { loadgenMetrics } from "./metrics.ts";
import { scenarios } from "./scenarios.ts";

describe("the load generator's exposition", () => {
  it("is accepted by promtool check metrics", async () => {
    const registry = new Registry();
    loadgenMetrics({ registry, scenarios, currentRps: () => 10 });
    const input = await registry.metrics();
    expect(execFileSync("promtool", ["check", "metrics"], { input, encoding: "utf8" })).toBe("");
  });
});
