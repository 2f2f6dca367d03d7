import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadSlos } from "../openslo/load.ts";
import { candidatesOf, killer, passes, setUp, tearDown } from "./trial.ts";
import type { Candidate } from "./trial.ts";

/** The share of mutants that the tests must notice. */
const wanted = 0.98;
/** Processes at the same time. */
const workers = 2;

/** Where a report goes. */
interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * Mutates the rules of the SLOs in monitoring/slo and runs their tests on each mutant.
 *
 * @param args `--slo NAME` tries one SLO only.
 * @param out gets the result, and each survivor by name.
 * @param err gets the progress, on a terminal.
 * @returns the exit code: 0 when at least 98 % were noticed, 1 when not, 2 when the arguments are wrong.
 */
export async function mutationTest(args: readonly string[], out: Output, err: Output): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { slo: { type: "string" } } });
  const { slos } = loadSlos(["monitoring/slo"]);
  const chosen = slos.filter((slo) => values.slo === undefined || slo.name === values.slo);
  if (chosen.length === 0) {
    err.write(`--slo: got ${values.slo}, want one of ${slos.map((slo) => slo.name).join(", ")}\n`);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), "burnrate-mutation-"));
  try {
    const queue = chosen.flatMap(candidatesOf);
    const total = queue.length;
    const survivors: Candidate[] = [];
    const started = Date.now();
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          if (!(await isNoticed(next, join(folder, String(worker))))) {
            survivors.push(next);
            const { slo, rule, mutant } = next;
            out.write(`survived: ${slo.name}: ${rule}: ${mutant.kind}: ${mutant.change}\n`);
          }
          if (err.isTTY)
            err.write(`\r${total - queue.length} of ${total} tried, ${survivors.length} survived `);
        }
      }),
    );
    if (err.isTTY) err.write("\n");
    const killed = (total - survivors.length) / total;
    const seconds = Math.round((Date.now() - started) / 1000);
    out.write(
      `${total - survivors.length} of ${total} mutants noticed, ${(killed * 100).toFixed(2)} % ` +
        `(want ${wanted * 100} %), ${seconds} s\n`,
    );
    return killed >= wanted ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One folder a worker; a new SLO begins with a run on the rules as they are, because a test that fails proves nothing. */
const benches = new Map<string, { slo: string; bench: Awaited<ReturnType<typeof setUp>> }>();

async function isNoticed(candidate: Candidate, folder: string): Promise<boolean> {
  let current = benches.get(folder);
  if (current?.slo !== candidate.slo.name) {
    if (current) await tearDown(current.bench);
    current = { slo: candidate.slo.name, bench: await setUp(candidate.slo, folder) };
    benches.set(folder, current);
    for (const test of current.bench.tests) {
      if (!(await passes(join(folder, test))))
        throw new Error(`${candidate.slo.name}: ${test} fails without a mutant`);
    }
  }
  return (await killer(candidate, current.bench)) !== undefined;
}
