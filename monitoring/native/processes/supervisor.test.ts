import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { endLeftOvers } from "../state/records.ts";
import { httpComponent, temporaryDirectory } from "../testing/fixtures.ts";
import { until } from "../until.ts";
import type { Component } from "./component.ts";
import { identify } from "./identity.ts";
import { createSupervisor, type Supervisor } from "./supervisor.ts";

const quick = { readyMs: 10_000, termMs: 300, killMs: 2000 };
const never = new AbortController().signal;

function supervise(directory: string): Supervisor {
  const supervisor = createSupervisor(directory, quick);
  onTestFinished(() => supervisor.stop());
  return supervisor;
}

function recordedPids(directory: string): number[] {
  const records: unknown = JSON.parse(readFileSync(path.join(directory, "processes.json"), "utf8"));
  return (records as { pid: number }[]).map(({ pid }) => pid);
}

async function answers({ readyUrl }: Component): Promise<boolean> {
  return fetch(readyUrl).then(
    () => true,
    () => false,
  );
}

describe("the supervisor", () => {
  it("starts a program, waits until it answers, and keeps what it prints", async () => {
    const directory = temporaryDirectory();
    const component = await httpComponent("shop", 'console.log("open", process.env.GREETING)');
    const supervisor = supervise(directory);
    const milliseconds = await supervisor.start({ ...component, env: { GREETING: "hello" } }, never);
    expect(milliseconds).toBeGreaterThan(0);
    expect(await answers(component)).toBe(true);
    expect(readFileSync(path.join(directory, "logs/shop.log"), "utf8")).toBe("open hello\n");
  });

  it("gives a program nothing of the shell's environment but the few names that it needs", async () => {
    const directory = temporaryDirectory();
    process.env["STRAY_SETTING"] = "1";
    onTestFinished(() => void delete process.env["STRAY_SETTING"]);
    const component = await httpComponent(
      "shop",
      "console.log(process.env.STRAY_SETTING, process.env.PATH !== undefined)",
    );
    await supervise(directory).start(component, never);
    expect(readFileSync(path.join(directory, "logs/shop.log"), "utf8")).toBe("undefined true\n");
  });

  it("ends everything on stop, also a program that ignores SIGTERM and its children", async () => {
    const directory = temporaryDirectory();
    const polite = await httpComponent("polite");
    const stubborn = await httpComponent(
      "stubborn",
      'process.on("SIGTERM", () => {}); require("child_process").spawn("sleep", ["600"]);',
    );
    const supervisor = createSupervisor(directory, quick);
    await Promise.all([supervisor.start(polite, never), supervisor.start(stubborn, never)]);
    const pids = recordedPids(directory);
    expect(pids).toHaveLength(2);
    await supervisor.stop();
    expect(pids.filter((pid) => identify(pid) !== undefined)).toEqual([]);
    expect(() => process.kill(-(pids[1] ?? 0), 0)).toThrow("ESRCH");
    expect(recordedPids(directory)).toEqual([]);
    expect(supervisor.failed.aborted).toBe(false);
  });

  it("tells which program ended unasked, how, and its last words", async () => {
    const directory = temporaryDirectory();
    const component = await httpComponent(
      "shop",
      'console.log("out of stock"); setTimeout(() => process.exit(3), 300)',
    );
    const supervisor = supervise(directory);
    await supervisor.start(component, never);
    await until(() => supervisor.failed.aborted, 5000);
    const log = path.join(directory, "logs/shop.log");
    expect(supervisor.failed.reason).toMatchObject({ code: "COMPONENT_DIED", exitCode: 1 });
    expect(String(supervisor.failed.reason)).toMatch(
      new RegExp(
        `^NativeError: shop ended by itself after \\d\\.\\d s \\(exit code 3\\)\\.\nIts last lines \\(${log}\\):\n  out of stock$`,
      ),
    );
  });

  it("gives up on a program that dies before it is ready", async () => {
    const component = {
      ...(await httpComponent("shop")),
      args: ["--eval", "process.kill(process.pid, 'SIGKILL')"],
    };
    await expect(supervise(temporaryDirectory()).start(component, never)).rejects.toThrow(
      /^shop ended by itself after \d\.\d s \(signal SIGKILL\)\.\nIt wrote nothing to /,
    );
  });

  it("gives up on a program that is never ready", async () => {
    const component = { ...(await httpComponent("shop")), readyUrl: "http://127.0.0.1:1/readyz" };
    const supervisor = createSupervisor(temporaryDirectory(), { ...quick, readyMs: 300 });
    onTestFinished(() => supervisor.stop());
    await expect(supervisor.start(component, never)).rejects.toThrow(
      /^shop was not ready within 0\.3 s: http:\/\/127\.0\.0\.1:1\/readyz did not answer 2xx\.\n/,
    );
  });

  it("stops waiting when it is told to", async () => {
    const component = { ...(await httpComponent("shop")), readyUrl: "http://127.0.0.1:1/readyz" };
    const reason = new Error("enough");
    const controller = new AbortController();
    const start = supervise(temporaryDirectory()).start(component, controller.signal);
    controller.abort(reason);
    await expect(start).rejects.toBe(reason);
  });
});

describe("when the runner itself is killed", () => {
  const runnerProgram = (directory: string, component: Component): string => `
    import { createSupervisor } from ${JSON.stringify(new URL("supervisor.ts", import.meta.url).href)};
    const supervisor = createSupervisor(${JSON.stringify(directory)}, { readyMs: 10000, termMs: 300, killMs: 2000 });
    await supervisor.start(${JSON.stringify(component)}, new AbortController().signal);
    console.log("up");
    await new Promise(() => setInterval(() => undefined, 1000));
  `;

  async function startRunner(directory: string, component: Component): Promise<ReturnType<typeof spawn>> {
    const program = runnerProgram(directory, component);
    const runner = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void runner.kill("SIGKILL"));
    await once(runner.stdout, "data");
    return runner;
  }

  it("its programs end as well, without anybody's help", async () => {
    const directory = temporaryDirectory();
    const component = await httpComponent("shop");
    const runner = await startRunner(directory, component);
    expect(await answers(component)).toBe(true);
    runner.kill("SIGKILL");
    expect(await until(async () => !(await answers(component)), 10_000)).toBe(true);
    expect(
      await until(() => recordedPids(directory).every((pid) => identify(pid) === undefined), 10_000),
    ).toBe(true);
  });

  it("the next start recognises and ends what is left, and only that", async () => {
    const directory = temporaryDirectory();
    const component = await httpComponent(
      "shop",
      'process.on("SIGTERM", () => setTimeout(() => process.exit(), 1000))',
    );
    const runner = await startRunner(directory, component);
    const [pid] = recordedPids(directory);
    runner.kill("SIGKILL");
    expect(await endLeftOvers(directory)).toEqual([{ name: "shop", pid, startedAt: expect.any(String) }]);
    expect(await answers(component)).toBe(false);
    expect(await endLeftOvers(directory)).toEqual([]);
  });
});
