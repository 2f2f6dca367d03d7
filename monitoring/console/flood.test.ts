/**
 * Done-when 4 and 5 of the console: a flood of ten thousand notifications into a real console in a process of its own,
 * and a kill in the middle of one. Nothing here measures time: the bench notes do.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { captured, temporaryDirectory } from "./testing.ts";

const FLOOD = 10_000;
const TOO_LARGE = 10;
const MALFORMED = 50;
/** How `npm run demo` starts every Node program: see monitoring/native/components/our-programs.ts. */
const NODE_FLAGS = ["--max-semi-space-size=2", "--v8-pool-size=1", "--liftoff-only"];
/** Bytes. */
const MEMORY = 150 * 1024 * 1024;
const TIMEOUT = 240_000;

const trigger = JSON.parse(captured("pagerduty-trigger.json")) as Record<string, unknown>;
const slack = JSON.parse(captured("slack-firing.json")) as { attachments: Record<string, unknown>[] };
const large = Buffer.alloc(5 * 1024 * 1024, "a");

/** Every tenth goes to Slack, the rest to PagerDuty; each is about something else. */
function message(n: number): { path: string; body: string } {
  if (n % 10 > 0)
    return { path: "/v2/enqueue", body: JSON.stringify({ ...trigger, dedup_key: `flood ${n}` }) };
  const fields = [{ title: "Service", value: `service-${n}`, short: true }];
  const attachments = [{ ...slack.attachments[0], title: `[FIRING:1] flood ${n}`, fields }];
  return { path: "/services/T0/B0/local", body: JSON.stringify({ ...slack, attachments }) };
}

/** Starts a console in a process of its own, with a compile cache, as `npm run demo` does. */
async function startConsole(
  directory: string,
): Promise<{ port: number; child: ChildProcess; smtpPort: number }> {
  const child = spawn(process.execPath, [...NODE_FLAGS, path.join(import.meta.dirname, "main.ts")], {
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
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, port, smtp_port } = JSON.parse(line) as { msg: string; port: number; smtp_port: number };
    if (msg !== "listening") continue;
    child.stdout.resume();
    return { port, child, smtpPort: smtp_port };
  }
  throw new Error("the console ended before it listened");
}

/** Posts over kept-alive connections. @returns the status, or null when the connection broke. */
function poster(port: number, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  onTestFinished(() => agent.destroy());
  return (to: string, body: string | Buffer): Promise<number | null> =>
    new Promise((resolve) => {
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const sent = request(
        { agent, port, host: "127.0.0.1", path: to, method: "POST", headers },
        (answer) => {
          answer.resume().once("end", () => resolve(answer.statusCode ?? null));
          answer.once("error", () => resolve(null));
        },
      );
      sent.once("error", () => resolve(null));
      sent.end(body);
    });
}

/** Runs the tasks, `width` at a time, in order. */
async function inParallel<T>(width: number, tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < tasks.length; n = next++) {
      const task = tasks[n];
      if (task) results[n] = await task();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** All that the inbox shows, oldest first, page by page. */
async function shown(port: number): Promise<{ state: string; summary: string; dedup_key: string | null }[]> {
  const all: { id: string; state: string; summary: string; dedup_key: string | null }[] = [];
  for (;;) {
    const before = all.at(-1)?.id;
    const url = `http://127.0.0.1:${port}/api/notifications?limit=1000${before === undefined ? "" : `&before=${before}`}`;
    const { notifications } = (await (await fetch(url)).json()) as { notifications: typeof all };
    if (notifications.length === 0) return all.toReversed();
    all.push(...notifications);
  }
}

const peakMemory = ({ pid }: ChildProcess): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

describe("a flood", () => {
  it(
    "is taken whole, but for what is too large or malformed, in bounded memory",
    async () => {
      const directory = temporaryDirectory();
      // A first start fills the compile cache, as the demo's first start does.
      const warm = await startConsole(directory);
      warm.child.kill("SIGTERM");
      await once(warm.child, "exit");

      const { port, child } = await startConsole(directory);
      const post = poster(port, 20);
      const tasks = Array.from({ length: FLOOD }, (_, n) => () => {
        if (n % (FLOOD / TOO_LARGE) === 500) return post("/v2/enqueue", large);
        if (n % (FLOOD / MALFORMED) === 60) return post("/v2/enqueue", '{"routing_key":');
        const { path, body } = message(n);
        return post(path, body);
      });
      const statuses = await inParallel(20, tasks);
      const count = (status: number): number => statuses.filter((each) => each === status).length;
      expect([count(200) + count(202), count(413), count(400)]).toEqual([
        FLOOD - TOO_LARGE - MALFORMED,
        TOO_LARGE,
        MALFORMED,
      ]);

      const all = await shown(port);
      const accepted = all.filter(({ state }) => state === "firing");
      expect(new Set(accepted.map(({ dedup_key, summary }) => dedup_key ?? summary)).size).toBe(
        FLOOD - TOO_LARGE - MALFORMED,
      );
      expect(all.filter(({ state }) => state === "refused")).toHaveLength(TOO_LARGE + MALFORMED);
      expect(peakMemory(child)).toBeLessThan(MEMORY);
    },
    TIMEOUT,
  );
});

describe("a kill in the middle", () => {
  it(
    "loses nothing that was answered, and what is delivered again shows once",
    async () => {
      const directory = temporaryDirectory();
      const first = await startConsole(directory);
      const post = poster(first.port, 10);
      const gone = once(first.child, "exit");
      let answered = 0;
      const statuses = await inParallel(
        10,
        Array.from({ length: 2000 }, (_, n) => async () => {
          const { path, body } = message(n);
          const status = await post(path, body);
          if (status !== null && ++answered === 700) first.child.kill("SIGKILL");
          return status;
        }),
      );
      await gone;
      expect(statuses.filter((status) => status === null).length).toBeGreaterThan(1000);

      const second = await startConsole(directory);
      const kept = await shown(second.port);
      expect(kept.length).toBeGreaterThanOrEqual(answered);

      // Alertmanager sends again what it got no answer to; here everything comes again.
      const postAgain = poster(second.port, 10);
      await inParallel(
        10,
        Array.from({ length: 2000 }, (_, n) => () => {
          const { path, body } = message(n);
          return postAgain(path, body);
        }),
      );
      const keys = (await shown(second.port)).map(({ dedup_key, summary }) => dedup_key ?? summary);
      expect(keys).toHaveLength(2000);
      expect(new Set(keys).size).toBe(2000);
    },
    TIMEOUT,
  );
});
