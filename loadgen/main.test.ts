import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { freePorts } from "./bench/free-ports.ts";

const MAIN = new URL("main.ts", import.meta.url).pathname;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end. */
async function run(...args: string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...args]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

/** Options for a run whose services are not there. */
async function toNobody(): Promise<string[]> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const urls = ["order", "payment", "user"].flatMap((name) => [`--${name}-url`, url]);
  return [...urls, "--port", "0", "--flat", "--seed", "7"];
}

describe("node loadgen/main.ts", { timeout: 20_000 }, () => {
  it("refuses a bad option with code 2 and says what is wrong with it", async () => {
    expect(await run("--rps", "abc")).toEqual({
      code: 2,
      stdout: "",
      stderr: '--rps: got "abc", want a number of requests per second from 0.01 to 10000\n',
    });
  });

  it("explains itself", async () => {
    const { code, stdout } = await run("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("--day-length TIME");
  });

  it("ends by itself after its duration, with a summary, while its log stays JSON", async () => {
    const { code, stdout, stderr } = await run(
      ...(await toNobody()),
      ..."--rps 100 --duration 1500ms".split(" "),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ran 1\.5 s, seed 7\ntarget 100\.00 requests\/s, achieved \d+\.\d\d /);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContain("order does not answer; the load goes on");
  });

  it("stops on SIGTERM with code 0 and a summary", async () => {
    const child = spawn(process.execPath, [MAIN, ...(await toNobody())], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    // Not `exit`, which may come before the last of what it printed.
    const [code] = (await once(child, "close")) as [number | null];
    expect({ code, firstLine: /^ran \d+\.\d s, seed 7$/m.test(stderr) }).toEqual({
      code: 0,
      firstLine: true,
    });
  });

  it("says why with code 1 when its port is taken", async () => {
    const [port] = await freePorts(1);
    const args = [...(await toNobody()), "--port", String(port)];
    const first = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      await once(first.stdout, "data");
      expect(await run(...args)).toMatchObject({
        code: 1,
        stderr: `loadgen: cannot listen on 127.0.0.1:${port}: another program listens there\n`,
      });
    } finally {
      first.kill("SIGTERM");
      await once(first, "exit");
    }
  });
});
