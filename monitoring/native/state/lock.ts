import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { NativeError } from "../errors.ts";
import { identify, stillRuns } from "../processes/identity.ts";

/** Who may write to a state folder, for as long as it runs. */
export interface Lock {
  /** Gives the folder back; a second call does nothing. */
  readonly release: () => Promise<void>;
  /** Whether the holder before us went without giving it back. */
  readonly takenOver: boolean;
}

const holderSchema = z.strictObject({
  pid: z.int().positive(),
  startedAt: z.string(),
  since: z.iso.datetime(),
  ports: z.string(),
});

type Holder = z.infer<typeof holderSchema>;

/**
 * Takes a state folder for this process. The lock file is written aside and linked into place, so that it is
 * either whole or absent; one of a process that is gone is taken over.
 *
 * @param directory an existing folder.
 * @param ports what the holder listens on, in words, for whoever comes second.
 * @throws NativeError STATE_HELD that names the holder: its process id, since when, its ports.
 */
export async function takeLock(directory: string, ports: string): Promise<Lock> {
  const file = path.join(directory, "lock.json");
  const mine = path.join(directory, `lock.${process.pid}.json`);
  const me: Holder = { ...identifySelf(), since: new Date().toISOString(), ports };
  await writeFile(mine, `${JSON.stringify(me)}\n`);
  try {
    let takenOver = false;
    while (!(await linked(mine, file))) {
      takenOver = (await setAsideStale(file, directory)) || takenOver;
    }
    return { takenOver, release: () => releaseLock(file, me) };
  } finally {
    await rm(mine, { force: true });
  }
}

function identifySelf(): { pid: number; startedAt: string } {
  const self = identify(process.pid);
  if (self === undefined)
    throw new Error("this system does not tell when a process started: is `ps` installed?");
  return self;
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead holder's lock out of the way; throws when the holder lives. */
async function setAsideStale(file: string, directory: string): Promise<boolean> {
  const seen = await readHolder(file);
  if (seen === "absent") return false;
  if (seen !== "unreadable" && stillRuns(seen)) throw heldError(directory, seen);
  const aside = path.join(directory, `lock.stale.${process.pid}.json`);
  await rename(file, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  // Somebody may have taken it over between our look and our move: then theirs goes back.
  if (typeof moved === "object" && stillRuns(moved)) await linked(aside, file);
  await rm(aside, { force: true });
  return true;
}

async function releaseLock(file: string, me: Holder): Promise<void> {
  const holder = await readHolder(file);
  if (typeof holder === "object" && holder.pid === me.pid && holder.startedAt === me.startedAt) {
    await rm(file, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | "absent" | "unreadable"> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "absent" : "unreadable";
  }
}

function heldError(directory: string, { pid, since, ports }: Holder): NativeError {
  return new NativeError(
    "STATE_HELD",
    `${directory} is held by process ${pid} since ${since} (${ports}). ` +
      `Stop it with: kill ${pid}, or start another stack beside it with --state DIR --port-offset N.`,
  );
}
