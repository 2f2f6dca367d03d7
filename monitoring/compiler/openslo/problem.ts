/** What is wrong with an input, where, and what to do about it. */
export interface Problem {
  /** An error stops a compile; a warning names a reading that could surprise. */
  readonly severity: "error" | "warning";
  /** Stable, for machines and for search: `op-on-ratio`. */
  readonly id: string;
  readonly file: string;
  /** From 1; 0 when the problem is the file itself. */
  readonly line: number;
  /** From 1, in UTF-16 code units; 0 when the problem is the file itself. */
  readonly column: number;
  /** Inside the document: `spec.objectives[0].target`; empty for the document or the file. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export type Place = Pick<Problem, "file" | "line" | "column" | "path">;

/** Collects the problems of one run. */
export class ProblemLog {
  readonly #problems: Problem[] = [];

  error(place: Place, id: string, message: string, remedy: string): void {
    this.#problems.push({ severity: "error", id, ...place, message, remedy });
  }

  warning(place: Place, id: string, message: string, remedy: string): void {
    this.#problems.push({ severity: "warning", id, ...place, message, remedy });
  }

  /** Whether anything was said about a file. */
  mentions(file: string): boolean {
    return this.#problems.some((problem) => problem.file === file);
  }

  /** All problems by file, line and column; what was found first comes first within one place. */
  sorted(): Problem[] {
    return this.#problems.toSorted(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
    );
  }
}

/**
 * Prints a problem on one line: `file:line:column: path: message. remedy. [id]`.
 *
 * Parts that a problem does not have (a missing folder has no line) are left out.
 */
export function formatProblem(problem: Problem): string {
  const position = problem.line > 0 ? `:${problem.line}:${problem.column}` : "";
  const path = problem.path === "" ? "" : `${problem.path}: `;
  const end = problem.remedy.endsWith("?") ? "" : ".";
  return `${problem.file}${position}: ${path}${problem.message}. ${problem.remedy}${end} [${problem.id}]`;
}

/** Orders texts by their code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
