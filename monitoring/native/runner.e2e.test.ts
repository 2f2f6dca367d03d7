import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { portsAt } from "./ports.ts";
import { identify } from "./processes/identity.ts";
import { requireFreePorts } from "./state/free-ports.ts";
import { temporaryDirectory } from "./testing/fixtures.ts";
import { freeOffset } from "./testing/offset.ts";
import { until } from "./until.ts";

const main = path.join(import.meta.dirname, "main.ts");
/** For a start or a stop, on a slow machine too; in milliseconds. */
const SOON = 60_000;

interface Runner {
  readonly process: ChildProcess;
  readonly directory: string;
  readonly offset: number;
  /** What it printed so far, both streams. */
  readonly output: () => string;
  /** Waits until it printed the text. */
  readonly prints: (text: string) => Promise<void>;
  /** Waits until it ended. @returns the exit code, or the signal's name. */
  readonly ends: () => Promise<number | string>;
}

interface RunnerOptions {
  readonly directory?: string;
  readonly offset?: number;
  readonly args?: readonly string[];
  readonly searchPath?: string;
}

async function run({ directory, offset, args = [], searchPath }: RunnerOptions = {}): Promise<Runner> {
  const state = directory ?? temporaryDirectory();
  const portOffset = offset ?? (await freeOffset());
  const command = [main, "--state", state, "--port-offset", String(portOffset), ...args];
  const env = { ...process.env, HISTORY: "none", PATH: searchPath ?? process.env["PATH"] };
  const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (text += String(chunk)));
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? ""));
  });
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return {
    process: child,
    directory: state,
    offset: portOffset,
    output: () => text,
    ends: () => ended,
    prints: async (expected) => {
      await until(() => text.includes(expected) || child.exitCode !== null, SOON);
      expect(text).toContain(expected);
    },
  };
}

interface Recorded {
  readonly name: string;
  readonly pid: number;
}

function recorded({ directory }: Runner): readonly Recorded[] {
  return JSON.parse(readFileSync(path.join(directory, "processes.json"), "utf8")) as Recorded[];
}

/** Nothing listens any more, and none of the processes runs. */
async function expectNothingLeft({ offset }: Runner, processes: readonly Recorded[]): Promise<void> {
  expect(processes.filter(({ pid }) => identify(pid) !== undefined)).toEqual([]);
  await expect(requireFreePorts(Object.entries(portsAt(offset)))).resolves.toBeUndefined();
}

describe("npm run demo", () => {
  it("says where everything is, refuses a second start on the same folder, and ends all with Ctrl-C", async () => {
    const runner = await run();
    await runner.prints("Ctrl-C ends everything.");
    expect(runner.output()).toMatch(/^Not running here: /);
    const { console } = portsAt(runner.offset);
    expect(runner.output()).toContain(`Console         http://127.0.0.1:${console}\n`);
    expect((await fetch(`http://127.0.0.1:${console}/`)).status).toBe(200);
    const processes = recorded(runner);
    expect(processes.length).toBeGreaterThanOrEqual(7);

    const second = await run({ directory: runner.directory });
    expect(await second.ends()).toBe(2);
    expect(second.output()).toMatch(
      new RegExp(
        `${runner.directory} is held by process ${runner.process.pid} since .* \\(console on http://127\\.0\\.0\\.1:${console}\\)`,
      ),
    );

    await runner.prints("scrape targets are up");
    runner.process.kill("SIGINT");
    expect(await runner.ends()).toBe(0);
    await expectNothingLeft(runner, processes);
  });

  it("names the program that died, shows its last lines, stops the rest and exits 1", async () => {
    const runner = await run();
    await runner.prints("Ctrl-C ends everything.");
    const processes = recorded(runner);
    const payment = processes.find(({ name }) => name === "payment");
    process.kill(payment?.pid ?? 0, "SIGKILL");
    expect(await runner.ends()).toBe(1);
    expect(runner.output()).toMatch(
      /\npayment ended by itself after [\d.]+ s \(signal SIGKILL\)\.\nIts last lines \(.*payment\.log\):\n {2}\{"level":/,
    );
    await expectNothingLeft(runner, processes);
  });

  it("leaves nothing behind when it is interrupted during the start", async () => {
    const runner = await run();
    const started = await until(() => {
      try {
        return recorded(runner).length >= 3;
      } catch {
        return false;
      }
    }, SOON);
    expect(started).toBe(true);
    const processes = recorded(runner);
    runner.process.kill("SIGINT");
    expect(await runner.ends()).toBe(130);
    expect(runner.output()).toMatch(
      /Stopped by SIGINT before everything was ready; nothing is left running\.\n$/,
    );
    await expectNothingLeft(runner, processes);
  });

  it("leaves nothing behind when it is killed, and can be started again at once", async () => {
    const runner = await run();
    await runner.prints("Ctrl-C ends everything.");
    const processes = recorded(runner);
    runner.process.kill("SIGKILL");
    expect(await runner.ends()).toBe("SIGKILL");
    const again = await run({
      directory: runner.directory,
      offset: runner.offset,
      args: ["--duration", "1s"],
    });
    expect(await again.ends()).toBe(0);
    expect(again.output()).toContain("Ends by itself after 1 s, or with Ctrl-C.");
    await expectNothingLeft(runner, processes);
  });

  it("says in one line what to install when the tools are missing, with exit code 2", async () => {
    const runner = await run({ searchPath: "/nowhere" });
    expect(await runner.ends()).toBe(2);
    expect(runner.output()).toMatch(
      /^Not on the PATH: Prometheus, promtool, Alertmanager, amtool\. Install with: .+\n$/,
    );
  });

  it("names every port that is taken and starts nothing", async () => {
    const offset = await freeOffset();
    const holder = spawn(process.execPath, [
      "--eval",
      `require("net").createServer().listen(${9090 + offset}, "127.0.0.1", () => console.log("up"))`,
    ]);
    onTestFinished(() => void holder.kill());
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const runner = await run({ offset });
    expect(await runner.ends()).toBe(2);
    const named = process.platform === "linux" ? `process ${holder.pid} \\(.+\\)` : "another process";
    expect(runner.output()).toMatch(
      new RegExp(`\nPort ${9090 + offset} \\(prometheus\\) is taken by ${named}\\.\n`),
    );
  });

  it("refuses a bad option with exit code 2", async () => {
    const runner = await run({ args: ["--time-scale", "1000"] });
    expect(await runner.ends()).toBe(2);
    expect(runner.output()).toBe('--time-scale: got "1000", want a whole number from 1 to 60\n');
  });
});
