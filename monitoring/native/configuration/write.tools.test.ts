import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Plan } from "../components/plan.ts";
import { portsAt } from "../ports.ts";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { findTools } from "../tools/tools.ts";
import { configurationFiles } from "./paths.ts";
import { writeConfiguration } from "./write.ts";

const never = new AbortController().signal;

function planFor(timeScale: number, toolbox = findTools(process.env["PATH"])): Plan {
  return { ports: portsAt(0), toolbox, stateDirectory: temporaryDirectory(), timeScale, profile: "default" };
}

describe("the configuration of a stack", () => {
  it("passes promtool and amtool at real scale, and its rules are the generated ones to the byte", async () => {
    const plan = planFor(1);
    await expect(writeConfiguration(plan, never)).resolves.toBeUndefined();
    const rules = path.join(path.dirname(configurationFiles(plan.stateDirectory).prometheus), "rules");
    const generated = path.join(import.meta.dirname, "../../generated/rules");
    for (const name of readdirSync(generated)) {
      expect(readFileSync(path.join(rules, name), "utf8")).toBe(
        readFileSync(path.join(generated, name), "utf8"),
      );
    }
  });

  it("passes at an odd and at the fastest scale", async () => {
    await expect(writeConfiguration(planFor(7), never)).resolves.toBeUndefined();
    const plan = planFor(60);
    await expect(writeConfiguration(plan, never)).resolves.toBeUndefined();
    const file = configurationFiles(plan.stateDirectory).prometheus;
    const rules = readFileSync(path.join(path.dirname(file), "rules/order.yml"), "utf8");
    expect(rules).toMatch(
      /^# 60 times faster than monitoring\/generated\/rules\/order\.yml; written at each start\.\n/,
    );
    expect(rules).not.toContain("[1h]");
    expect(parse(readFileSync(file, "utf8"))).toMatchObject({ global: { evaluation_interval: "1s" } });
  });

  it("passes without exporters", async () => {
    const { nodeExporter: _, blackboxExporter: __, ...toolbox } = findTools(process.env["PATH"]);
    const plan = planFor(1, toolbox);
    await expect(writeConfiguration(plan, never)).resolves.toBeUndefined();
    const text = readFileSync(configurationFiles(plan.stateDirectory).prometheus, "utf8");
    expect(text).not.toMatch(/job_name: (node-exporter|blackbox-http)/);
  });

  it("keeps secrets from other users, and forgets rules of an earlier start", async () => {
    const plan = planFor(60);
    await writeConfiguration(plan, never);
    await writeConfiguration({ ...plan, timeScale: 1 }, never);
    const { secrets, prometheus } = configurationFiles(plan.stateDirectory);
    const modes = readdirSync(secrets).map((name) => statSync(path.join(secrets, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(readFileSync(path.join(path.dirname(prometheus), "rules/order.yml"), "utf8")).toContain("[1h]");
  });

  it("is refused in the words of the tool that refuses it", async () => {
    const plan = planFor(1, { ...findTools(process.env["PATH"]), amtool: "/bin/false" });
    await expect(writeConfiguration(plan, never)).rejects.toMatchObject({
      code: "BAD_CONFIGURATION",
      exitCode: 2,
      message: expect.stringMatching(/^false check-config .*alertmanager\.yml refuses:/),
    });
  });
});
