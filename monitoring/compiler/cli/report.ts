import { formatProblem } from "../openslo/problem.ts";
import type { Problem } from "../openslo/problem.ts";

/** Whether anything must not be compiled. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

/**
 * Prints problems, errors first and apart from warnings; one line each.
 *
 * @returns text that ends in a newline; empty when there is no problem.
 */
export function printProblems(problems: readonly Problem[]): string {
  const sections = [
    ["Errors", problems.filter(({ severity }) => severity === "error")],
    ["Warnings", problems.filter(({ severity }) => severity === "warning")],
  ] as const;
  return sections
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => `${title}:\n${list.map((problem) => `${formatProblem(problem)}\n`).join("")}`)
    .join("\n");
}

/** Counts: `2 errors, 1 warning; 6 SLOs read.` */
export function summary(problems: readonly Problem[], slos: number): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return `${count(errors, "error")}, ${count(warnings, "warning")}; ${count(slos, "SLO")} read.`;
}

/** `no error`, `1 error`, `2 errors`. */
export function count(number: number, word: string): string {
  return `${number === 0 ? "no" : number} ${word}${number === 1 ? "" : "s"}`;
}
