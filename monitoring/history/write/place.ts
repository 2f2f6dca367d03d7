/**
 * Puts a past into a data directory, all or nothing. It is written into `past.writing.<process>`; when it is complete that
 * becomes `past.ready` in one step, and only then are its blocks moved. What was killed on the way is either forgotten
 * (no `past.ready`) or finished by the next start.
 */
import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { identify } from "../../native/processes/identity.ts";
import { replaceFile } from "../../native/state/replace-file.ts";
import { blocksIn } from "./blocks.ts";
import { PastError, remedies } from "./error.ts";

const WRITING = "past.writing.";
const READY = "past.ready";
/** What a Prometheus that has run leaves in its data directory. */
const LIVE = new Set(["wal", "chunks_head"]);

/** The file that tells what went wrong; it travels with the blocks. */
export const INCIDENTS_FILE = "incidents.json";

/** What is in a data directory. */
export type Found = "nothing" | "data";

/**
 * Opens a data directory for a past: makes it when it is not there, finishes what an earlier write had completed, and
 * removes what it had not.
 *
 * @param incidentsFile where `incidents.json` is put when an earlier write is finished.
 * @throws PastError when the directory cannot be used.
 */
export async function openPlace(directory: string, incidentsFile: string): Promise<Found> {
  return named(directory, async () => {
    await mkdir(directory, { recursive: true });
    const names = await readdir(directory);
    await removeLeftOvers(directory, names);
    if (names.includes(READY)) {
      await moveIn(directory, incidentsFile);
      return "data";
    }
    const blocks = await blocksIn(directory);
    return blocks.length > 0 || names.some((name) => LIVE.has(name)) ? "data" : "nothing";
  });
}

/** Makes the folder in which the past is written. */
export async function beginWriting(directory: string): Promise<string> {
  const writing = ownFolder(directory);
  await named(directory, () => mkdir(writing));
  return writing;
}

/** Gives up what was written so far. */
export async function giveUp(directory: string): Promise<void> {
  await rm(ownFolder(directory), { recursive: true, force: true });
}

/** Declares the past complete, and moves its blocks in. */
export async function commit(directory: string, incidentsFile: string): Promise<void> {
  await named(directory, async () => {
    await rename(ownFolder(directory), path.join(directory, READY));
    await moveIn(directory, incidentsFile);
  });
}

function ownFolder(directory: string): string {
  return path.join(directory, WRITING + String(process.pid));
}

async function removeLeftOvers(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((name) => name.startsWith(WRITING))) {
    const writer = Number(name.slice(WRITING.length));
    if (writer !== process.pid && identify(writer) !== undefined) {
      throw new PastError(
        `${directory}: process ${writer} writes a past there. Wait for its end, or end it; if it is something else, remove ${name}.`,
      );
    }
    await rm(path.join(directory, name), { recursive: true, force: true });
  }
}

async function moveIn(directory: string, incidentsFile: string): Promise<void> {
  const ready = path.join(directory, READY);
  for (const name of await blocksIn(ready)) await rename(path.join(ready, name), path.join(directory, name));
  await replaceFile(incidentsFile, await readFile(path.join(ready, INCIDENTS_FILE), "utf8"));
  await rm(ready, { recursive: true });
}

/** Says in words why a directory cannot be used. */
export async function named<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const remedy = remedies[(error as NodeJS.ErrnoException).code ?? ""];
    if (remedy === undefined) throw error;
    throw new PastError(`${directory}: ${(error as Error).message}. ${remedy}.`, { cause: error });
  }
}
