import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { signalGroup } from "../processes/command.ts";
import { stillRuns, type ProcessIdentity } from "../processes/identity.ts";
import { until } from "../until.ts";
import { replaceFile } from "./replace-file.ts";

/** A process group that the runner started, named by its leader. */
export interface ProcessRecord extends ProcessIdentity {
  readonly name: string;
}

const recordsSchema = z.array(
  z.strictObject({ name: z.string(), pid: z.int().positive(), startedAt: z.string() }),
);

/** How long a left-over process may take to end after SIGTERM before it is killed. */
const TERM_DEADLINE_MS = 5000;

/** Writes down what runs, so that the next start knows it should this one be killed. */
export async function writeRecords(directory: string, records: readonly ProcessRecord[]): Promise<void> {
  await replaceFile(recordsFile(directory), `${JSON.stringify(records, undefined, 2)}\n`);
}

/**
 * Ends what a killed runner left behind in this state folder. A process counts as left over when id and start time
 * are the recorded ones, so nothing else is ever hit.
 *
 * @returns the processes that were still there.
 */
export async function endLeftOvers(directory: string): Promise<readonly ProcessRecord[]> {
  const file = recordsFile(directory);
  const leftOver = (await readRecords(file)).filter(stillRuns);
  const gone = (): boolean => !leftOver.some(stillRuns);
  for (const { pid } of leftOver) signalGroup(pid, "SIGTERM");
  if (!(await until(gone, TERM_DEADLINE_MS))) {
    for (const record of leftOver.filter(stillRuns)) signalGroup(record.pid, "SIGKILL");
    await until(gone, TERM_DEADLINE_MS);
  }
  await rm(file, { force: true });
  return leftOver;
}

async function readRecords(file: string): Promise<ProcessRecord[]> {
  try {
    return recordsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    // None written, or not by us: nothing that we could recognise.
    return [];
  }
}

function recordsFile(directory: string): string {
  return path.join(directory, "processes.json");
}
