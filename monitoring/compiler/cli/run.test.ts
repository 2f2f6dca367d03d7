import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./run.ts";

const bad = "monitoring/compiler/testdata/bad";
const good = "monitoring/compiler/testdata/good";

/** Runs a command line, words apart by spaces. */
async function slo(line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await run(line.split(" ").filter(Boolean), {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => 1_795_000_000,
  });
  return { code, out, err };
}

describe("slo", () => {
  it("lists its commands", async () => {
    const { code, out } = await slo("--help");
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Usage: npm run --silent slo -- COMMAND ...

      OpenSLO v1 in; Prometheus rules, alerts and their tests out.

        validate  tell every problem of every file
        explain   tell each SLO's budget, and when its alerts fire and clear
        compile   turn OpenSLO files into Prometheus rules, alerts and their tests
        generate  compile monitoring/slo into monitoring/generated
        backtest  tell when alerts would have fired over stored history, and whether they were right

      npm run --silent slo -- COMMAND --help tells more.
      "
    `);
  });

  it("ends with 2 and the list when no command is named", async () => {
    const { code, out, err } = await slo("");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe((await slo("help")).out);
  });

  it("explains each command", async () => {
    const helps = await Promise.all(
      ["validate", "explain", "compile", "generate"].map((name) => slo(`${name} --help`)),
    );
    expect(helps.map(({ out }) => out).join("\n")).toMatchInlineSnapshot(`
      "Usage: npm run --silent slo -- validate PATH... [options]

      Reads OpenSLO v1 files and folders and tells every problem as
      file:line:column: path: message. remedy. [id]

        --retention 45d  how long your Prometheus keeps samples
        --json           print {"problems": [...], "slos": 6} for machines

      Ends with 1 when there is an error; warnings alone end with 0.

      Usage: npm run --silent slo -- explain PATH... [options]

      Tells for each SLO its error budget in time and in events, and for each alert
      tier its windows, burn rate and threshold, how long it takes to fire and to
      clear at several error ratios, how much of the budget is gone by then, and
      what can never fire. Supposes even traffic and no earlier errors.

        --retention 45d  how long your Prometheus keeps samples
        --json           print all numbers for machines; durations are seconds

      Ends with 1 when a file has an error; what can be read is explained all the same.

      Usage: npm run --silent slo -- compile PATH... --out DIR [options]

      Writes DIR/rules (recording rules and alerts, one file a service), DIR/rule-tests
      (for promtool) and DIR/slos.json (for dashboards). All or nothing is written,
      and earlier output that is no longer made is removed.

        --out DIR        the folder to write to
        --format         prometheus: plain rule files (default); operator: PrometheusRule resources
        --application    also write DIR/rules/application.yml: rates, errors and durations by service, node and container
        --time-scale N   make everything N times faster, from 1 to 60, for a workshop or a test
        --retention 45d  how long your Prometheus keeps samples
        --check          write nothing; end with 1 when DIR is not what would be written

      Usage: npm run --silent slo -- generate [options]

      Compiles monitoring/slo into monitoring/generated, which is committed.

        --check  write nothing; end with 1 when the folder is not what would be written
      "
    `);
  });

  it("refuses a command line that it does not understand with 2", async () => {
    const lines = [
      "valdate x",
      "validate",
      "validate --jso x",
      "validate --retention",
      "validate --retention 45 x",
      "validate --json=yes x",
      "compile x",
      "compile x --out y --format helm",
      "compile x --out y --time-scale 61",
      "generate x",
    ];
    const results = await Promise.all(lines.map(slo));
    expect(results.map(({ code }) => code)).toEqual(lines.map(() => 2));
    expect(results.map(({ err }) => err.split("\n")[0])).toMatchInlineSnapshot(`
      [
        "slo valdate: there is no such command; did you mean validate?",
        "slo validate: name at least one file or folder",
        "slo validate: unknown option --jso; did you mean --json?",
        "slo validate: --retention needs a value",
        "slo validate: --retention: got "45", want a duration such as 45d",
        "slo validate: --json takes no value",
        "slo compile: --out: got nothing, want the folder to write to",
        "slo compile: --format: got "helm", want prometheus or operator",
        "slo compile: --time-scale: got "61", want a number from 1 to 60",
        "slo generate: generate takes no path",
      ]
    `);
    expect(results[1]?.err.split("\n")[1]).toBe("See npm run --silent slo -- validate --help");
  });
});

describe("slo validate", () => {
  it("refuses an empty path, as an unset variable gives it", async () => {
    let err = "";
    const terminal = { out: () => {}, err: (text: string) => void (err += text), now: () => 0 };
    expect(await run(["validate", ""], terminal)).toBe(2);
    expect(err.split("\n")[0]).toBe("slo validate: got an empty path, name a file or folder");
  });

  it("ends with 0 when all is well", async () => {
    expect(await slo("validate monitoring/slo")).toEqual({
      code: 0,
      out: "no errors, no warnings; 6 SLOs read.\n",
      err: "",
    });
  });

  it("prints errors and warnings apart, and ends with 1 for an error", async () => {
    const { code, out } = await slo("validate monitoring/compiler/testdata/traps/month-in-minutes.yaml");
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "Errors:
      monitoring/compiler/testdata/traps/month-in-minutes.yaml:25:17: spec.timeWindow[0].duration: a calendar has no period of 1m: m is minutes. Write 1M for months (the specification's own example has 1m). [calendar-unit]

      Warnings:
      monitoring/compiler/testdata/traps/month-in-minutes.yaml:33:11: spec.objectives[0].op: op means nothing with a ratio metric and is left out; the specification's examples have it, its SDK forbids it. Remove it. [op-on-ratio]

      1 error, 1 warning; no SLOs read.
      "
    `);
  });

  it("ends with 0 when there are warnings alone", async () => {
    expect((await slo("validate monitoring/compiler/testdata/traps/bare-slice-window.yaml")).code).toBe(0);
  });

  it("prints JSON for machines", async () => {
    const { code, out } = await slo(`validate --json ${bad}/target-one.yaml`);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      problems: [
        {
          severity: "error",
          id: "target-without-budget",
          file: `${bad}/target-one.yaml`,
          line: 13,
          column: 15,
          path: "spec.objectives[0].target",
          message: "a target of 100 % leaves no error budget, so one bad event spends it for ever",
          remedy: "Write less, such as 0.999",
        },
      ],
      slos: 0,
    });
  });

  it("measures windows against --retention", async () => {
    const { code, out } = await slo(`validate --retention 135d ${bad}/window-above-retention.yaml`);
    expect([code, out]).toEqual([0, "no errors, no warnings; 1 SLO read.\n"]);
  });
});

describe("slo explain", () => {
  it("explains every SLO, an empty line between them", async () => {
    const { code, out, err } = await slo("explain monitoring/slo/order.yaml");
    expect([code, err]).toEqual([0, ""]);
    expect(out.match(/^\S.*$/gm)).toEqual([
      "order-availability (service order, monitoring/slo/order.yaml:40)",
      "order-latency (service order, monitoring/slo/order.yaml:71)",
    ]);
  });

  it("explains what can be read beside an error, and ends with 1", async () => {
    const { code, out, err } = await slo(`explain ${bad}/tier-never-fires.yaml`);
    expect(code).toBe(1);
    expect(err).toContain("tier page-fast can never fire");
    expect(out).toContain("page-fast can never fire");
  });

  it("prints JSON for machines", async () => {
    const { out } = await slo("explain --json monitoring/slo/order.yaml");
    const [first] = (JSON.parse(out) as { slos: { name: string; budget: unknown }[] }).slos;
    expect(first?.name).toBe("order-availability");
    expect(first?.budget).toEqual({ share: 0.001, seconds: 2592, eventsPerMillion: 1000 });
  });
});

describe("slo compile", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "burnrate-compile-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes, then has nothing to change, and notices a difference", async () => {
    const line = `compile ${good}/all-kinds --out ${folder}`;
    expect((await slo(`${line} --check`)).code).toBe(1);
    const first = await slo(line);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^\d+ files in .*, \d+ changes\.\n$/);
    expect((await slo(line)).out).toMatch(/, no changes\.\n$/);
    expect(await slo(`${line} --check`)).toEqual({ code: 0, out: `${folder} is up to date.\n`, err: "" });
    const rules = path.join(folder, "rules/checkout.yml");
    writeFileSync(rules, `${readFileSync(rules, "utf8")}# by hand\n`);
    expect(await slo(`${line} --check`)).toEqual({
      code: 1,
      out: "",
      err: `${folder}/rules/checkout.yml: differs\n${folder} is out of date. Compile it anew.\n`,
    });
  });

  it("writes PrometheusRule resources", async () => {
    expect((await slo(`compile ${good}/all-kinds --out ${folder} --format operator`)).code).toBe(0);
    expect(readFileSync(path.join(folder, "rules/checkout.yml"), "utf8")).toContain("kind: PrometheusRule");
  });

  it("writes the rules of no SLO when asked", async () => {
    await slo(`compile ${good}/all-kinds --out ${folder} --application`);
    expect(readdirSync(path.join(folder, "rules"))).toEqual(["application.yml", "checkout.yml"]);
  });

  it("writes nothing when there is an error", async () => {
    const { code, err } = await slo(`compile ${good}/all-kinds ${bad}/target-one.yaml --out ${folder}`);
    expect(code).toBe(1);
    expect(err).toMatch(/^Errors:\n[^]*\n\nNothing was written\.\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses to write nothing", async () => {
    const { code, err } = await slo(`compile ${good}/all-kinds/shared.yaml --out ${folder}`);
    expect([code, err]).toEqual([1, "There is no SLO among these files.\nNothing was written.\n"]);
  });

  it("says why it cannot write", async () => {
    const file = path.join(folder, "taken");
    writeFileSync(file, "");
    const { code, err } = await slo(`compile ${good}/all-kinds --out ${file}`);
    expect([code, err]).toEqual([
      1,
      `--out ${file}: ENOTDIR: not a directory, open '${file}/rule-tests/checkout_long_windows_test.yml'. ` +
        "Name a folder that can be written to.\nNothing was written.\n",
    ]);
  });

  it.runIf(process.platform === "linux")("ends where no folder can ever be made", async () => {
    const { code, err } = await slo(`compile ${good}/all-kinds --out /proc/nope/deeper`);
    expect([code, err]).toEqual([
      1,
      "--out /proc/nope/deeper: ENOENT: no such file or directory, mkdir '/proc/nope'. " +
        "Name a folder that can be written to.\nNothing was written.\n",
    ]);
  });

  it("can compile into the folder that it reads, time and again", async () => {
    cpSync(`${good}/all-kinds`, folder, { recursive: true });
    const line = `compile ${folder} --out ${folder}/compiled`;
    expect((await slo(line)).code).toBe(0);
    expect(await slo(line)).toEqual({
      code: 0,
      out: `6 files in ${folder}/compiled, no changes.\n`,
      err: "",
    });
  });
});

describe("slo generate", () => {
  it("finds the committed output up to date", async () => {
    expect(await slo("generate --check")).toEqual({
      code: 0,
      out: "monitoring/generated is up to date.\n",
      err: "",
    });
  });
});
