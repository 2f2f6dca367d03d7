import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommand } from "../native/processes/command.ts";
import { findTools } from "../native/tools/tools.ts";

const promtool = findTools(process.env["PATH"]).promtool ?? "promtool";
const here = fileURLToPath(new URL(".", import.meta.url));
const tests = readdirSync(path.join(here, "rule-tests"));

/** The configuration directory as it is mounted: with the generated rules beside the hand-written alerts. */
let mounted: string;
beforeAll(() => {
  mounted = mkdtempSync(path.join(tmpdir(), "burnrate-prometheus-"));
  cpSync(path.join(here, "prometheus.yml"), path.join(mounted, "prometheus.yml"));
  cpSync(path.join(here, "alerts"), path.join(mounted, "alerts"), { recursive: true });
  cpSync(path.join(here, "../generated/rules"), path.join(mounted, "rules"), { recursive: true });
});
afterAll(() => rmSync(mounted, { recursive: true, force: true }));

it("promtool accepts the configuration and every rule in it, with no lint left", async () => {
  const configuration = path.join(mounted, "prometheus.yml");
  const result = await runCommand(promtool, ["check", "config", "--lint=all", "--lint-fatal", configuration]);
  expect(result).toMatchObject({ exitCode: 0 });
  for (const rules of [
    "alerts/critical.yml",
    "alerts/warning.yml",
    "alerts/meta.yml",
    "rules/application.yml",
  ])
    expect(result.output).toContain(`Checking ${path.join(mounted, rules)}\n  SUCCESS`);
});

it.each(tests)("promtool test rules %s", async (file) => {
  const result = await runCommand(promtool, ["test", "rules", path.join(here, "rule-tests", file)]);
  expect(result).toMatchObject({ exitCode: 0 });
});
