import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadSlos } from "../openslo/load.ts";
import { judge, readExcuses } from "./excuses.ts";
import { handWrittenSubjects } from "./hand-written.ts";
import { hunt } from "./hunt.ts";
import type { Candidate } from "./hunt.ts";
import { sloSubject } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** The share of all mutants that the tests must notice; a part of them may have many that mean the same as the rule. */
const wanted = 0.98;

/** Where a report goes. */
interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * Mutates the rules of the SLOs in monitoring/slo and the alerts in monitoring/prometheus/alerts, and runs their tests
 * on each mutant. An SLO whose rules and tests differ from another's in the service's name alone is not tried again.
 *
 * @param args `--only NAME` tries one SLO, or one file of alerts.
 * @param out gets the result, and each survivor by name.
 * @param err gets the progress, on a terminal.
 * @returns the exit code: 0 when every survivor is explained and, without `--only`, at least 98 % were noticed; 1 when
 *   not, 2 when the arguments are wrong.
 */
export async function mutationTest(args: readonly string[], out: Output, err: Output): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: "string" } } });
  const all = [...loadSlos(["monitoring/slo"]).slos.map(sloSubject), ...handWrittenSubjects()];
  const chosen = all.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) {
    err.write(`--only: got ${values.only}, want one of ${all.map(({ name }) => name).join(", ")}\n`);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), "burnrate-mutation-"));
  try {
    const { tried, survivors } = await huntAll(chosen, folder, out, err);
    return report(tried, survivors, chosen.length === all.length, out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function huntAll(
  subjects: readonly Subject[],
  folder: string,
  out: Output,
  err: Output,
): Promise<{ tried: Candidate[]; survivors: Candidate[] }> {
  const known = new Map<string, { name: string; candidates: Candidate[]; survivors: Candidate[] }>();
  const tried: Candidate[] = [];
  const survivors: Candidate[] = [];
  for (const subject of subjects) {
    const { name, shape } = subject;
    const same = known.get(shape);
    const started = performance.now();
    const found =
      same ??
      (await hunt(subject, join(folder, name), (alive, of) => {
        if (err.isTTY) err.write(`\r${name}: ${alive} of ${of} not yet noticed   `);
      }));
    if (err.isTTY) err.write("\r");
    if (same === undefined) known.set(shape, { name, ...found });
    tried.push(...found.candidates);
    survivors.push(...found.survivors);
    const how = same ? `the shape of ${same.name}` : `${((performance.now() - started) / 1000).toFixed(0)} s`;
    const noticed = found.candidates.length - found.survivors.length;
    out.write(`${name}: ${noticed} of ${found.candidates.length} mutants noticed (${how})\n`);
  }
  return { tried, survivors };
}

function report(
  tried: readonly Candidate[],
  survivors: readonly Candidate[],
  isWhole: boolean,
  out: Output,
): number {
  const { explained, unexplained, stale } = judge(survivors, tried, readExcuses(), isWhole);
  const name = ({ rule, mutant }: Candidate): string => `${rule}: ${mutant.kind}: ${mutant.change}`;
  for (const survivor of explained) out.write(`explained: ${name(survivor)}: ${survivor.reason}\n`);
  for (const survivor of unexplained) out.write(`SURVIVED: ${name(survivor)}\n`);
  for (const { rule, change } of stale)
    out.write(`stale: excuses.yaml explains no survivor: ${rule}: ${change}\n`);
  const killed = (tried.length - survivors.length) / tried.length;
  out.write(
    `${tried.length - survivors.length} of ${tried.length} mutants noticed, ${(killed * 100).toFixed(2)} % ` +
      `(want ${wanted * 100} %); ${explained.length} explained, ${unexplained.length} unexplained\n`,
  );
  return (killed >= wanted || !isWhole) && unexplained.length === 0 ? 0 : 1;
}
