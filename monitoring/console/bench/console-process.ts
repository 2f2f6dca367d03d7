/** A console in a process of its own, as `npm run demo` starts it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { nodeEnvironment, nodeFlags } from "../../../services/topology.ts";

export interface ConsoleProcess {
  readonly port: number;
  readonly child: ChildProcess;
}

/**
 * Starts it on free ports, with nothing to ask (no Prometheus, no fault switches) unless `env` says else.
 *
 * @param directory for its data and its compile cache; a second start on the same folder finds both.
 * @param env what else its environment says.
 * @throws Error when it ends before it listens.
 */
export async function startConsoleProcess(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ConsoleProcess> {
  return startProgram(path.join(import.meta.dirname, "../main.ts"), {
    PORT: "0",
    SMTP_PORT: "0",
    DATA_DIR: directory,
    PROMETHEUS_URL: "http://127.0.0.1:9",
    NODE_COMPILE_CACHE: path.join(directory, "compile-cache"),
    ...env,
  });
}

/**
 * Starts one of our programs, as the demo does.
 *
 * @param main its file.
 * @param env its environment.
 * @returns the ports that it listens on; `adminPort` is 0 where it has none.
 * @throws Error when it ends before it listens.
 */
export async function startProgram(
  main: string,
  env: Readonly<Record<string, string>>,
): Promise<ConsoleProcess & { readonly adminPort: number }> {
  const child = spawn(process.execPath, [...nodeFlags, main], {
    env: { PATH: process.env["PATH"], ...nodeEnvironment, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg: string; port: number; admin_port?: number };
    if (said.msg !== "listening") continue;
    child.stdout.resume();
    return { port: said.port, adminPort: said.admin_port ?? 0, child };
  }
  throw new Error(`${main} ended before it listened`);
}

/** The most memory that a process ever held, in bytes; Linux only. */
export function peakMemory({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

/** Kernel ticks a second, fixed for user space on Linux. */
const TICKS = 100;

/** The processor time that a process has used, in seconds; Linux only. */
export function cpuSeconds({ pid }: ChildProcess): number {
  // Behind the name, which may contain anything, come the state and 10 more fields, then `utime` and `stime`.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
