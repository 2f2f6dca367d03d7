import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { nodeEnvironment, nodeFlags } from "../../services/topology.ts";
import packageJson from "../../package.json" with { type: "json" };
import { readComposeFile, root } from "./testing/compose-file.ts";
import { programFiles, reachesImage } from "./testing/program-files.ts";

const dockerfile = readFileSync(path.join(root, "services/Dockerfile"), "utf8");
const mains = Object.values(readComposeFile().services)
  .flatMap(({ build }) => (build === undefined ? [] : [`${build.args.APP}/main.ts`]))
  .toSorted();

describe("the image that services/Dockerfile makes", () => {
  it.each(mains)("has every file that %s imports, and every package without the development ones", (main) => {
    const { files, packages } = programFiles(main);
    expect([...files].filter((file) => !reachesImage(file))).toEqual([]);
    expect([...packages].filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([]);
    expect(files).toContain("services/kit/config.ts");
    expect(packages).toContain("pino");
  });

  it("has what the console runs in a thread of its own", () => {
    const { files } = programFiles("monitoring/console/main.ts");
    expect(files).toContain("monitoring/console/backtest/worker.ts");
    expect(files).toContain("monitoring/backtest/run-backtest.ts");
  });

  it("has what the console serves", () => {
    expect(reachesImage("monitoring/console/static/console.css")).toBe(true);
    expect(reachesImage("monitoring/console/static/dashboards/chart.js")).toBe(true);
    expect(reachesImage("monitoring/generated/dashboards/slo-overview.json")).toBe(true);
  });

  it.each([
    "node_modules/zod/package.json",
    ".git/config",
    ".env",
    "services/kit/config.test.ts",
    "monitoring/compose/secrets/alertmanager/slack_url",
    "monitoring/console/testdata/alertmanager-0.25/watchdog.json",
    "loadgen/bench/program.ts",
  ])("does not get %s", (file) => {
    expect(reachesImage(file)).toBe(false);
  });

  it("runs the version of Node that the repository runs", () => {
    expect(dockerfile).toContain(`FROM node:${packageJson.devDependencies.node}-trixie-slim AS base\n`);
  });

  it("installs what the lockfile says, without development dependencies and without scripts", () => {
    expect(dockerfile).toMatch(/\bnpm ci --omit=dev --ignore-scripts /);
  });

  it("is built from a fresh clone by BuildKit, which wants what stands before a pattern to be there", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, words = ""]) =>
      words.split(" "),
    );
    const needed = copied.map((source) => /^[^[*?]*/.exec(source)?.[0] ?? "");
    expect(needed).toContain("package.json");
    const ignored = readFileSync(path.join(root, ".gitignore"), "utf8").trim().split("\n");
    expect(needed.filter((begin) => ignored.some((entry) => begin.startsWith(entry)))).toEqual([]);
  });

  it("is not root, by number", () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  });

  it("starts Node itself, so that it gets the signal to stop", () => {
    const command = ["node", ...nodeFlags, "main.ts"].map((word) => JSON.stringify(word)).join(", ");
    expect(dockerfile).toContain(`\nCMD [${command}]\n`);
    expect(dockerfile).not.toMatch(/^ENTRYPOINT/m);
  });

  it("gives Node the environment that it has without Docker", () => {
    const settings = Object.entries(nodeEnvironment).map(([name, value]) => `${name}=${value}`);
    expect(dockerfile).toContain(`\nENV PORT=$PORT ${settings.join(" ")}\n`);
  });
});
