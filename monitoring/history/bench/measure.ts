import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** What a program and everything that it started used. */
export interface Measured {
  readonly seconds: number;
  /** Of all cores together; what ended between two looks is missing by as much as it used since the last. */
  readonly cpuSeconds: number;
  /** Resident memory of all its processes at the same moment, files that are mapped included. Megabytes. */
  readonly peakMb: number;
}

const LOOK_EVERY_MS = 50;
/** Linux' unit of processor time and of resident memory; proc(5). */
const TICKS = 100;
const PAGE = 4096;

/**
 * Runs a program to its end and watches it, on Linux.
 *
 * @throws Error when it fails; the message has its output.
 */
export async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += String(chunk)));
  }
  const used = new Map<number, number>();
  let peak = 0;
  const look = (): void => {
    const family = familyOf(child.pid ?? 0);
    peak = Math.max(
      peak,
      family.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    for (const { pid, ticks } of family) used.set(pid, ticks);
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(looking);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
  const ticks = [...used.values()].reduce((sum, each) => sum + each, 0);
  return { seconds: (performance.now() - begun) / 1000, cpuSeconds: ticks / TICKS, peakMb: peak / 1e6 };
}

interface Usage {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly bytes: number;
}

/** A process and all below it. */
function familyOf(root: number): Usage[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => usageOf(Number(name)) ?? []);
  const family = all.filter(({ pid }) => pid === root);
  for (let at = 0; at < family.length; at += 1) {
    family.push(...all.filter(({ parent }) => parent === family[at]?.pid));
  }
  return family;
}

function usageOf(pid: number): Usage | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything, so fields are counted behind the last one; proc(5).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [parent, user, system, pages] = [1, 11, 12, 21].map((field) => Number(fields[field]));
  return { pid, parent: parent ?? 0, ticks: (user ?? 0) + (system ?? 0), bytes: (pages ?? 0) * PAGE };
}
