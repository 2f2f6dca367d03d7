import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { compileCache } from "../../services/compile-cache.ts";
import { nodeEnvironment, nodeFlags } from "../../services/topology.ts";
import type { ChildProcess } from "node:child_process";

/** A Node program that a benchmark runs beside itself. */
export interface Program {
  readonly name: string;
  /** The file to run, relative to the repository's root. */
  readonly main: string;
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
  stop(): Promise<void>;
}

const ROOT = new URL("../../", import.meta.url);
const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 10_000;
const POLL_MS = 50;

/**
 * Starts a program and waits until it is ready. Its standard output goes nowhere, its errors to ours unless it is quiet. It dies with
 * this process, however that ends, short of SIGKILL.
 *
 * @throws when it ends, or is not ready, within 15 s.
 */
export async function startProgram(program: Program): Promise<RunningProgram> {
  const { name, main, env, readyUrl, quiet = false } = program;
  const child = spawn(process.execPath, [...nodeFlags, main], {
    cwd: ROOT,
    env: { ...process.env, ...nodeEnvironment, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ["ignore", "ignore", quiet ? "ignore" : "inherit"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));

  await ready(child, name, readyUrl);
  return { name, pid: child.pid ?? 0, stop: () => stop(child) };
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
  throw new Error(`${name} was not ready at ${url} within ${START_DEADLINE_MS / 1000} s`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(timer);
}
