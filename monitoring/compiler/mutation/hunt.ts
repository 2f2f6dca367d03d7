/** Tries every mutant of a subject's rules against the tests that can see it, cheapest test first. */
import { join } from "node:path";
import { mutantsOfRule } from "./mutants.ts";
import type { Mutant } from "./mutants.ts";
import { runTests } from "./promtool.ts";
import type { Run } from "./promtool.ts";
import { groupsOf, rulesOf, trialsOf } from "./sight.ts";
import type { Trial } from "./sight.ts";
import { ruleName } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** A mutant, and the rule that it sits in. */
export interface Candidate {
  readonly rule: string;
  readonly mutant: Mutant;
}

/** Processes at the same time. */
const workers = 2;
/** Tests in one process. */
const batchSize = 24;

/** One thing to try: a mutant, or (without one) the rule as it is, for a test that fails on that proves nothing. */
interface Task {
  readonly index: number;
  readonly candidate?: Candidate;
  readonly trial: Trial;
}

/**
 * Finds the mutants that no test notices.
 *
 * @param folder for files that are gone afterwards.
 * @param progress is told how many mutants are still alive.
 * @returns all mutants, and those that survived.
 * @throws when a test fails on rules that are not mutated.
 */
export async function hunt(
  subject: Subject,
  folder: string,
  progress: (alive: number, all: number) => void,
): Promise<{ candidates: Candidate[]; survivors: Candidate[] }> {
  const trials = trialsOf(subject);
  let alive = rulesOf(subject).flatMap((rule, index) =>
    mutantsOfRule(rule).map((mutant) => ({ index, candidate: { rule: ruleName(rule), mutant } })),
  );
  const candidates = alive.map(({ candidate }) => candidate);
  const survivors: Candidate[] = [];
  for (let round = 0; alive.length > 0; round++) {
    const tasks: Task[] = [];
    for (const { index, candidate } of alive) {
      const trial = trials[index]?.[round];
      if (trial === undefined) survivors.push(candidate);
      else {
        if (!tasks.some((task) => task.index === index)) tasks.push({ index, trial });
        tasks.push({ index, candidate, trial });
      }
    }
    const passed = await runAll(subject, tasks, join(folder, String(round)), (done) =>
      progress(alive.length - done, candidates.length),
    );
    const controls = tasks.filter((task) => task.candidate === undefined && !passed.has(task));
    for (const { trial, index } of controls) {
      const rule = rulesOf(subject)[index];
      throw new Error(
        `${subject.name}: "${trial.test.name}" fails without a mutant of ${rule && ruleName(rule)}`,
      );
    }
    alive = tasks.flatMap((task) =>
      task.candidate !== undefined && passed.has(task)
        ? [{ index: task.index, candidate: task.candidate }]
        : [],
    );
  }
  return { candidates, survivors };
}

async function runAll(
  subject: Subject,
  tasks: readonly Task[],
  folder: string,
  killed: (count: number) => void,
): Promise<Set<Task>> {
  const passed = new Set<Task>();
  let next = 0;
  let dead = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (next < tasks.length) {
        const batch = tasks.slice(next, next + batchSize);
        const name = String(next);
        next += batchSize;
        const results = await runTests(
          batch.map((task) => runOf(subject, task)),
          join(folder, name),
        );
        for (const [index, task] of batch.entries()) {
          if (results[index] === true) passed.add(task);
          else if (task.candidate) dead++;
        }
        killed(dead);
      }
    }),
  );
  return passed;
}

function runOf(subject: Subject, { index, candidate, trial }: Task): Run {
  const { expr, for: wait } = candidate?.mutant ?? {};
  const groups = groupsOf(subject, trial, (rule, number) =>
    number !== index || expr === undefined
      ? rule
      : { ...rule, expr, ...(wait !== undefined && { for: wait }) },
  );
  return { groups, file: trial.file, test: trial.test };
}
