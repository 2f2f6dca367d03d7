/** Tries mutants of one SLO's rules against its rule tests. */
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ruleFile } from "../emit/rule-file.ts";
import { ruleTests } from "../emit/rule-tests/rule-tests.ts";
import type { GeneratedFile } from "../emit/generated-file.ts";
import type { Slo } from "../model.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import type { RuleGroup } from "../rules/rule.ts";
import { sloGroups } from "../rules/slo-groups.ts";
import { mutantsOf } from "./mutants.ts";
import type { Mutant } from "./mutants.ts";

const run = promisify(execFile);

/** A mutant, and the rule that it sits in. */
export interface Candidate {
  readonly slo: Slo;
  /** The recorded name or the alert, with its tier. */
  readonly rule: string;
  readonly mutant: Mutant;
  readonly groups: readonly RuleGroup[];
}

/** All mutants of an SLO's rules. */
export function candidatesOf(slo: Slo): Candidate[] {
  const groups = sloGroups(slo, defaultLinkBases);
  return groups.flatMap((group, groupIndex) =>
    group.rules.flatMap((rule, ruleIndex) =>
      mutantsOf(rule.expr).map((mutant) => ({
        slo,
        rule: "record" in rule ? rule.record : `${rule.alert} ${rule.labels["slo_tier"] ?? ""}`.trim(),
        mutant,
        groups: groups.with(groupIndex, {
          ...group,
          rules: group.rules.with(ruleIndex, { ...rule, expr: mutant.expr }),
        }),
      })),
    ),
  );
}

/** The test files, by how much they notice in how little time. */
const order = ["_windows", "_long_windows", "_tickets", ""];

/** What tests one SLO alone: its rules go into a file of their own, which takes a quarter of the time. */
export interface TestBench {
  readonly folder: string;
  /** Relative to the folder, in the order in which they are tried. */
  readonly tests: readonly string[];
}

/**
 * Writes an SLO's rule tests into a folder.
 *
 * @param folder is created.
 */
export async function setUp(slo: Slo, folder: string): Promise<TestBench> {
  const groups = sloGroups(slo, defaultLinkBases);
  const files = ruleTests(slo.service, [slo], groups, defaultLinkBases);
  await mkdir(join(folder, "rules"), { recursive: true });
  await mkdir(join(folder, "rule-tests"), { recursive: true });
  for (const file of files) await writeFile(join(folder, file.path), file.content);
  await writeFile(join(folder, `rules/${slo.service}.yml`), rules(slo, groups).content);
  const paths = order.map((part) => `rule-tests/${slo.service}${part}_test.yml`);
  return { folder, tests: paths.filter((path) => files.some((file) => file.path === path)) };
}

/**
 * Runs the tests until one fails.
 *
 * @returns the file that failed; undefined when the mutant survived them all.
 */
export async function killer(candidate: Candidate, bench: TestBench): Promise<string | undefined> {
  await writeFile(
    join(bench.folder, `rules/${candidate.slo.service}.yml`),
    rules(candidate.slo, candidate.groups).content,
  );
  const isAlert = candidate.rule.startsWith("ErrorBudget");
  for (const test of isAlert ? bench.tests.toReversed() : bench.tests) {
    if (!(await passes(join(bench.folder, test)))) return test;
  }
  return undefined;
}

/** Whether promtool is content with a test file. */
export async function passes(testFile: string): Promise<boolean> {
  try {
    await run("promtool", ["test", "rules", testFile]);
    return true;
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return false;
    throw error;
  }
}

export async function tearDown(bench: TestBench): Promise<void> {
  await rm(bench.folder, { recursive: true, force: true });
}

function rules(slo: Slo, groups: readonly RuleGroup[]): GeneratedFile {
  const { service: name, source } = slo;
  return ruleFile({ name, groups, sources: [source.file], format: "prometheus", timeScale: 1 });
}
