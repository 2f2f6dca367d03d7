/** Where files wait until all of them can be moved: a hidden folder beside their places, named after its owner. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const prefix = ".staging-";

/** This process' own: in a container, a process that was killed had the same number as the next one. */
const open = new Set<string>();

/** Makes a staging folder in a folder that exists. @returns its path. */
export async function openStaging(outDir: string): Promise<string> {
  const staging = await mkdtemp(join(outDir, `${prefix}${hostname()}-${process.pid}-`));
  open.add(staging);
  return staging;
}

/** Removes a staging folder and what is left in it. */
export async function closeStaging(staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  open.delete(staging);
}

/**
 * Removes the staging folders of processes that were killed. What another machine or a process that lives made is left
 * alone: a folder may be shared, and a compile may be under way.
 *
 * @param outDir need not exist.
 */
export async function removeStaleStaging(outDir: string): Promise<void> {
  for (const name of await namesIn(outDir)) {
    const staging = join(outDir, name);
    const owner = ownerOf(name);
    if (owner === undefined || open.has(staging)) continue;
    if (owner === process.pid || !isAlive(owner)) await rm(staging, { recursive: true, force: true });
  }
}

/** The process that made a staging folder on this machine. */
function ownerOf(name: string): number | undefined {
  const own = `${prefix}${hostname()}-`;
  const owner = name.startsWith(own) ? /^(\d+)-\w+$/.exec(name.slice(own.length))?.[1] : undefined;
  return owner === undefined ? undefined : Number(owner);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and lives.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
