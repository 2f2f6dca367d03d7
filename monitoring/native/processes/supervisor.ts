import { spawn, type ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { NativeError } from "../errors.ts";
import { lastLines, openLog } from "../state/logs.ts";
import { writeRecords, type ProcessRecord } from "../state/records.ts";
import { until } from "../until.ts";
import { signalGroup } from "./command.ts";
import type { Component } from "./component.ts";
import { environmentFor } from "./environment.ts";
import { identify } from "./identity.ts";
import { startReaper } from "./reaper.ts";
import { isReady } from "./ready.ts";

/** Starts components, watches them, and ends them. */
export interface Supervisor {
  /**
   * Starts one and waits until it is ready.
   *
   * @returns the milliseconds that took.
   * @throws NativeError START_FAILED when it is not ready in time; `failed`'s or the given signal's reason.
   */
  readonly start: (component: Component, signal: AbortSignal) => Promise<number>;
  /** Aborts, with a NativeError COMPONENT_DIED as its reason, when a component ends unasked. */
  readonly failed: AbortSignal;
  /** Ends everything that was started, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/** How long to wait before the next, harsher step; in milliseconds. */
export interface Deadlines {
  /** From the start of a component until it is ready. */
  readonly readyMs: number;
  /** From SIGTERM until SIGKILL; services finish their requests in this time. */
  readonly termMs: number;
  /** From SIGKILL until we stop looking. */
  readonly killMs: number;
}

const defaultDeadlines: Deadlines = { readyMs: 30_000, termMs: 8000, killMs: 2000 };

/** Waits for one line on standard input, then becomes the program; without the line it ends. */
const WAIT_FOR_GO = 'read -r go && exec "$0" "$@"';

/** Between two looks whether a component is ready, in milliseconds. Looks take from what the components start with. */
const LOOK_AGAIN_MS = 150;

/**
 * Makes a supervisor, and with it the reaper that ends everything should this process be killed.
 *
 * @param directory the state folder: logs go to `logs/`, what runs is recorded beside them.
 */
export function createSupervisor(directory: string, deadlines: Deadlines = defaultDeadlines): Supervisor {
  const failure = new AbortController();
  const running = new Map<ProcessRecord, ChildProcess>();
  let stopping = false;
  const fail = (message: string): void => {
    if (!stopping) failure.abort(new NativeError("COMPONENT_DIED", message));
  };
  const reaper = startReaper(() =>
    fail("The reaper, which ends the stack if the runner is killed, ended by itself."),
  );
  let recording = Promise.resolve();
  const record = (): Promise<void> => {
    recording = recording.then(() => writeRecords(directory, [...running.keys()]));
    return recording;
  };

  const launch = async (component: Component): Promise<void> => {
    const log = openLog(directory, component.name);
    const child = spawn("sh", ["-c", WAIT_FOR_GO, component.command, ...component.args], {
      detached: true,
      env: environmentFor(component.env),
      stdio: ["pipe", log, log],
    });
    closeSync(log);
    const startedMs = performance.now();
    child.once("exit", (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const after = ((performance.now() - startedMs) / 1000).toFixed(1);
      fail(
        `${component.name} ended by itself after ${after} s (${how}).\n${lastLines(directory, component.name)}`,
      );
    });
    child.stdin?.on("error", () => undefined);
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity === undefined)
      throw new NativeError("START_FAILED", `Cannot start ${component.name}: no shell.`);
    running.set({ name: component.name, ...identity }, child);
    // The program begins only when the reaper and the next start know of it: nothing can be left behind unseen.
    await reaper.add(identity.pid);
    await record();
    child.stdin?.end("go\n");
  };

  return {
    failed: failure.signal,
    start: async (component, signal) => {
      const either = AbortSignal.any([signal, failure.signal]);
      either.throwIfAborted();
      const startedMs = performance.now();
      await launch(component);
      if (await until(() => isReady(component.readyUrl, either), deadlines.readyMs, either, LOOK_AGAIN_MS)) {
        return performance.now() - startedMs;
      }
      throw new NativeError(
        "START_FAILED",
        `${component.name} was not ready within ${deadlines.readyMs / 1000} s: ` +
          `${component.readyUrl} did not answer 2xx.\n${lastLines(directory, component.name)}`,
      );
    },
    stop: async () => {
      stopping = true;
      const groups = [...running.keys()].map(({ pid }) => pid);
      await endGroups(groups, deadlines);
      for (const group of groups) reaper.drop(group);
      running.clear();
      await record();
      await reaper.dismiss();
    },
  };
}

async function endGroups(groups: readonly number[], { termMs, killMs }: Deadlines): Promise<void> {
  const gone = (): boolean => !groups.some((group) => signalGroup(group, 0));
  for (const group of groups) signalGroup(group, "SIGTERM");
  if (await until(gone, termMs)) return;
  for (const group of groups) signalGroup(group, "SIGKILL");
  await until(gone, killMs);
}
