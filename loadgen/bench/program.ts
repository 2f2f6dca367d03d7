import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { compileCache } from "../../services/compile-cache.ts";
import { nodeEnvironment, nodeFlags } from "../../services/topology.ts";
import type { ChildProcess, StdioOptions } from "node:child_process";

/** A Node program of ours that a benchmark or a test runs beside itself. */
export interface Program {
  readonly name: string;
  /** The file to run, relative to the repository's root. */
  readonly main: string;
  /** What its environment says besides what every program of ours gets; nothing comes from the shell but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** The address that answers 200 once the program is ready. */
  readonly readyUrl: string;
  /** Its errors go nowhere too. @default false */
  readonly quiet?: boolean;
}

export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** Asks it to end (SIGTERM), and makes it (SIGKILL) after 10 s. */
  readonly stop: () => Promise<void>;
  /** Kills it (SIGKILL) and waits until it is gone. */
  readonly kill: () => Promise<void>;
}

/** A program that said where it listens; `adminPort` is 0 where it has none. */
export interface RunningListener extends RunningProgram {
  readonly port: number;
  readonly adminPort: number;
}

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_DEADLINE_MS = 60_000;
const inTime = `within ${START_DEADLINE_MS / 1000} s`;
const STOP_DEADLINE_MS = 10_000;
const POLL_MS = 50;

/** The log line that tells a program's ports; other lines are none of our business. */
const listeningSchema = z.object({
  msg: z.literal("listening"),
  port: z.number(),
  admin_port: z.number().default(0),
});

/**
 * Starts a program and waits until it is ready. Its standard output goes nowhere, its errors to ours unless it is quiet. It
 * dies with this process, however that ends, short of SIGKILL.
 *
 * @throws when it ends, or is not ready, within 60 s.
 */
export async function startProgram(program: Program): Promise<RunningProgram> {
  const { name, readyUrl, quiet = false } = program;
  const child = start(program, ["ignore", "ignore", quiet ? "ignore" : "inherit"]);
  await ready(child, name, readyUrl);
  return running(child, name);
}

/**
 * Starts a program on whatever ports it takes (`PORT=0`), and waits until its log says which. Its errors go to ours. It dies
 * with this process, as `startProgram` has it.
 *
 * @throws when it ends, or does not listen, within 60 s.
 */
export async function startListening(
  program: Pick<Program, "name" | "main" | "env">,
): Promise<RunningListener> {
  const { name } = program;
  const child = start(program, ["ignore", "pipe", "inherit"]);
  const timer = setTimeout(() => child.kill("SIGKILL"), START_DEADLINE_MS);
  const said = await listening(child).finally(() => clearTimeout(timer));
  if (said !== undefined) return { ...running(child, name), port: said.port, adminPort: said.admin_port };
  throw new Error(
    child.killed ? `${name} did not listen ${inTime}` : `${name} ended while starting, before it listened`,
  );
}

function start({ main, env }: Pick<Program, "main" | "env">, stdio: StdioOptions): ChildProcess {
  const child = spawn(process.execPath, [...nodeFlags, main], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], ...nodeEnvironment, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio,
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));
  return child;
}

function running(child: ChildProcess, name: string): RunningProgram {
  const kill = () => end(child, "SIGKILL");
  return { name, pid: child.pid ?? 0, stop: () => end(child, "SIGTERM"), kill };
}

async function ready(child: ChildProcess, name: string, url: string): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode} while starting`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await delay(POLL_MS);
  }
  child.kill("SIGKILL");
  throw new Error(`${name} was not ready at ${url} ${inTime}`);
}

/** Reads the log until it says where the program listens; nothing when it ends before that. */
async function listening(child: ChildProcess): Promise<z.output<typeof listeningSchema> | undefined> {
  const { stdout } = child;
  if (stdout === null) return undefined;
  const lines = createInterface({ input: stdout });
  try {
    for await (const line of lines) {
      const said = listeningSchema.safeParse(JSON.parse(line));
      if (said.success) return said.data;
    }
    return undefined;
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    lines.close();
    // Closing has paused the log, and a full pipe would stop the program.
    stdout.resume();
  }
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(timer);
}
