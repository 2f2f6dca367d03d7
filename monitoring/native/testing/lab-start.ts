/** Runs before each `*.lab.test.ts`, and starts the stack that they share before the first of them. */
import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, inject } from "vitest";
import { identify } from "../processes/identity.ts";
import { until } from "../until.ts";
import { DEMO_PID } from "./lab-setup.ts";

/** For a start with a 30-day past, on a slow machine too, in milliseconds. */
const PATIENCE_MS = 240_000;
/** Ends the stack even where vitest itself is killed. */
const LONGEST = "20m";
const demo = path.resolve(import.meta.dirname, "../main.ts");

beforeAll(async () => {
  const { portOffset, stateDirectory } = inject("lab");
  const pidFile = path.join(stateDirectory, DEMO_PID);
  const log = path.join(stateDirectory, "demo.log");
  if (!existsSync(pidFile)) {
    const output = openSync(log, "a");
    const args = [
      "--port-offset",
      String(portOffset),
      "--state",
      stateDirectory,
      "--seed",
      "1",
      "--duration",
      LONGEST,
    ];
    const child = spawn(process.execPath, [demo, ...args], {
      detached: true,
      stdio: ["ignore", output, output],
    });
    writeFileSync(pidFile, String(child.pid));
    child.unref();
  }
  const pid = Number(readFileSync(pidFile, "utf8"));
  const printed = (): string => readFileSync(log, "utf8");
  const up = (): boolean => /scrape targets are up/.test(printed());
  await until(() => up() || identify(pid) === undefined, PATIENCE_MS, undefined, 250);
  if (!up()) throw new Error(`the shared stack did not come up; it printed:\n${printed()}`);
}, PATIENCE_MS + 10_000);
