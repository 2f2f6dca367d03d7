/** Runs many small rule tests in one promtool. */
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Group, Test, TestFile } from "./subject.ts";

/** One test with the rules that it runs on. */
export interface Run {
  readonly groups: readonly Group[];
  readonly file: TestFile;
  readonly test: Test;
}

/**
 * Runs tests, each on its own rules.
 *
 * @param folder is created, and removed again.
 * @returns for each whether promtool is content with it.
 * @throws when promtool cannot be started or says something unexpected.
 */
export async function runTests(runs: readonly Run[], folder: string): Promise<boolean[]> {
  await mkdir(folder, { recursive: true });
  try {
    const paths = await Promise.all(runs.map((run, index) => write(run, folder, index)));
    const said = await promtool(["test", "rules", ...paths]);
    // What fails is told on another stream; on this one each file's name comes first, and SUCCESS behind it.
    const passed = new Set([...said.matchAll(/Unit Testing: +(\S+)\n +SUCCESS/g)].map(([, path]) => path));
    const tried = said.match(/Unit Testing: /g)?.length ?? 0;
    if (tried !== runs.length) throw new Error(`promtool tried ${tried} of ${runs.length} files`);
    return paths.map((path) => passed.has(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** JSON is YAML, and quickly written. */
async function write({ groups, file, test }: Run, folder: string, index: number): Promise<string> {
  const path = join(folder, `${index}_test.yml`);
  const content = {
    rule_files: [`${index}.yml`],
    evaluation_interval: file.evaluationInterval,
    group_eval_order: file.groupOrder?.filter((name) => groups.some((group) => group.name === name)),
    tests: [test],
  };
  await writeFile(join(folder, `${index}.yml`), JSON.stringify({ groups }));
  await writeFile(path, JSON.stringify(content));
  return path;
}

function promtool(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("promtool", args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (error === null || typeof error.code === "number") resolve(stdout);
      else reject(error);
    });
  });
}
