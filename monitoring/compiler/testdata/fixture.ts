import path from "node:path";
import type { Slo } from "../model.ts";
import { loadSlos } from "../openslo/load.ts";
import { formatProblem } from "../openslo/problem.ts";

/**
 * What is wrong with fixtures, as a person reads it.
 *
 * @param fixtures files or folders of this folder; file names in the answer are relative to it too.
 */
export function problemsOf(...fixtures: string[]): string[] {
  const here = `${path.relative(process.cwd(), import.meta.dirname).split(path.sep).join("/")}/`;
  return loadSlos(fixtures.map(located)).problems.map((problem) =>
    `${problem.severity} ${formatProblem(problem)}`.replaceAll(here, ""),
  );
}

/** The SLOs of fixtures, by name. */
export function slosOf(...fixtures: string[]): Record<string, Slo> {
  return Object.fromEntries(loadSlos(fixtures.map(located)).slos.map((slo) => [slo.name, slo]));
}

/** Where a fixture is. */
export function located(fixture: string): string {
  return path.join(import.meta.dirname, fixture);
}
