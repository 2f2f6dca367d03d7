import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const generated = join(import.meta.dirname, "../../generated");

function filesIn(folder: string): string[] {
  return readdirSync(join(generated, folder))
    .toSorted()
    .map((name) => join(folder, name));
}

describe("the committed rules", () => {
  it.each(filesIn("rules"))("%s pass promtool's strictest check", async (file) => {
    const { stdout } = await run("promtool", [
      "check",
      "rules",
      "--lint=all",
      "--lint-fatal",
      join(generated, file),
    ]);
    expect(stdout).toMatch(/SUCCESS: \d+ rules found/);
  });

  it("have tests for every service", () => {
    const services = filesIn("rules").map((file) => file.replace(/^rules.|\.yml$/g, ""));
    const tested = filesIn("rule-tests").map((file) =>
      file.replace(/^rule-tests.|(?:_\w+)?_test\.yml$/g, ""),
    );
    expect([...new Set(tested)]).toEqual(services.filter((service) => service !== "application"));
  });

  it.each(filesIn("rule-tests"))("keep what %s expects", async (file) => {
    const { stdout } = await run("promtool", ["test", "rules", join(generated, file)]);
    expect(stdout).toContain("SUCCESS");
  });
});
