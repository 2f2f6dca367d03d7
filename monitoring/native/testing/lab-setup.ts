import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { localUrl, portsAt } from "../ports.ts";
import { identify } from "../processes/identity.ts";
import { until } from "../until.ts";
import { freeOffset } from "./offset.ts";

/** The one stack that all `*.lab.test.ts` share: `npm run demo` as a person starts it. `inject("lab")` gives it. */
export interface SharedLab {
  readonly portOffset: number;
  /** Logs, data, and what the runner printed (`demo.log`). */
  readonly stateDirectory: string;
  readonly consoleUrl: string;
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    lab: SharedLab;
  }
}

/** Where the process that runs the demo is written down. */
export const DEMO_PID = "demo.pid";
const PATIENCE_MS = 60_000;

/**
 * Vitest's global setup of the project `lab`. It only reserves a folder and ports: setups run before the first test of
 * any project, and a running stack would disturb those. `lab-start.ts` starts the stack, before the first test that uses it.
 *
 * @returns what ends the stack.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), "burnrate-lab-"));
  const portOffset = await freeOffset();
  const ports = portsAt(portOffset);
  provide("lab", {
    portOffset,
    stateDirectory,
    consoleUrl: localUrl(ports.console),
    prometheusUrl: localUrl(ports.prometheus),
    alertmanagerUrl: localUrl(ports.alertmanager),
  });
  return async () => {
    await endDemo(stateDirectory);
    await rm(stateDirectory, { recursive: true, force: true });
  };
}

async function endDemo(stateDirectory: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(path.join(stateDirectory, DEMO_PID), "utf8"));
    process.kill(pid, "SIGINT");
  } catch {
    // It was never started, or it has ended by itself.
    return;
  }
  if (!(await until(() => identify(pid) === undefined, PATIENCE_MS)))
    throw new Error(`the demo (process ${pid}) did not end within ${PATIENCE_MS / 1000} s of SIGINT`);
}
