/** A console in a process of its own, as `npm run demo` starts it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { nodeFlags } from "../../../services/topology.ts";

export interface ConsoleProcess {
  readonly port: number;
  readonly child: ChildProcess;
}

/**
 * Starts it on free ports, with nothing to ask: no Prometheus, no fault switches.
 *
 * @param directory for its data and its compile cache; a second start on the same folder finds both.
 * @throws Error when it ends before it listens.
 */
export async function startConsoleProcess(directory: string): Promise<ConsoleProcess> {
  const child = spawn(process.execPath, [...nodeFlags, path.join(import.meta.dirname, "../main.ts")], {
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      SMTP_PORT: "0",
      DATA_DIR: directory,
      PROMETHEUS_URL: "http://127.0.0.1:9",
      NODE_COMPILE_CACHE: path.join(directory, "compile-cache"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, port } = JSON.parse(line) as { msg: string; port: number };
    if (msg !== "listening") continue;
    child.stdout.resume();
    return { port, child };
  }
  throw new Error("the console ended before it listened");
}

/** The most memory that a process ever held, in bytes; Linux only. */
export function peakMemory({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
