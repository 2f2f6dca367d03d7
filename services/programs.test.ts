import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { services } from "./topology.ts";
import type { ServiceName } from "./topology.ts";

// The real programs, as the runner starts them. What needs no process of its own is tested beside its file.

type LogLine = Record<string, unknown>;

interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly lines: LogLine[];
  stderr: string;
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

const DEADLINE = { timeout: 10_000 };
const root = new URL("..", import.meta.url);
const started: Program[] = [];

afterEach(async () => {
  const programs = started.splice(0);
  for (const { child } of programs) child.kill("SIGKILL");
  await Promise.all(programs.map(async ({ exited }) => exited));
});

function start(name: ServiceName, env: Record<string, string> = {}): Program {
  const main = services.find((service) => service.name === name)?.main ?? "";
  const defaults = { PATH: process.env["PATH"], PORT: "0", ADMIN_PORT: "0", READY_DELAY: "0s" };
  const child = spawn(process.execPath, [main], { cwd: root, env: { ...defaults, ...env } });
  const { promise: exited, resolve } = Promise.withResolvers<number | null>();
  const program: Program = { child, lines: [], stderr: "", exited };
  child.on("close", resolve);
  child.stderr.on("data", (chunk: Buffer) => (program.stderr += chunk.toString()));
  createInterface(child.stdout).on("line", (line) => program.lines.push(JSON.parse(line) as LogLine));
  started.push(program);
  return program;
}

/** Starts a service and waits until it listens. */
async function running(name: ServiceName, env: Record<string, string> = {}) {
  const program = start(name, env);
  const find = (): LogLine | undefined => program.lines.find(({ msg }) => msg === "listening");
  await expect.poll(find, DEADLINE).toBeDefined();
  const { port, admin_port: adminPort } = find() as { port: number; admin_port: number };
  return { ...program, url: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${adminPort}` };
}

async function post(url: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Starts a payment that takes a second longer than usual, and waits until it is being processed. */
async function paymentInFlight({ url, admin }: { url: string; admin: string }) {
  const slow = { fault: "dependency", variant: "slow", target: "fraud-check" };
  expect((await post(`${admin}/faults`, slow)).status).toBe(201);
  const answer = post(`${url}/api/payments`, { amount: 1, currency: "USD", type: "bank_transfer" }).then(
    () => "answered",
    () => "cut off",
  );
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  await expect.poll(metrics, DEADLINE).toContain("payments_in_flight 1\n");
  // In an object, because an async function would wait for a bare promise.
  return { answer };
}

const logged = (lines: readonly LogLine[], msg: string): LogLine | undefined =>
  lines.find((line) => line["msg"] === msg);

describe("a service's program", { timeout: 30_000 }, () => {
  it("is not ready before its delay, and ends with code 0 on SIGTERM", async () => {
    const { child, exited, url, lines } = await running("user", { READY_DELAY: "1h" });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
    expect(lines.map(({ msg }) => msg)).toEqual(["listening", "stopping", "stopped"]);
  });

  it("is not ready any more, but still answers, while it drains; a second signal ends it", async () => {
    const { child, exited, url, lines } = await running("user", { DRAIN_DELAY: "1h" });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
    await expect.poll(() => logged(lines, "stopping"), DEADLINE).toBeDefined();
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/api/users/usr-100`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await exited).toBe(1);
  });

  it("lets a request in flight finish", async () => {
    const program = await running("payment");
    const { answer } = await paymentInFlight(program);
    program.child.kill("SIGINT");
    expect(await answer).toBe("answered");
    expect(await program.exited).toBe(0);
  });

  it("ends with code 1, and says so, when the deadline cuts requests off", async () => {
    const program = await running("payment", { SHUTDOWN_DEADLINE: "50ms" });
    const { answer } = await paymentInFlight(program);
    program.child.kill("SIGTERM");
    expect(await answer).toBe("cut off");
    expect(await program.exited).toBe(1);
    const line = logged(program.lines, "the shutdown deadline cut requests off");
    expect(line).toMatchObject({ level: "error", cut_off: 1 });
  });

  it("does not wait for requests that a hanging outage holds", async () => {
    const { child, exited, url, admin } = await running("order");
    expect((await post(`${admin}/faults`, { fault: "outage", variant: "hang" })).status).toBe(201);
    const held = fetch(`${url}/api/orders`);
    // Connections are taken in order: when these are answered, the first one has long been read.
    for (let asked = 0; asked < 3; asked += 1) expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await held).status).toBe(503);
    expect(await exited).toBe(0);
  });

  it("keeps the fault switches off the business port", async () => {
    const { url, admin } = await running("order");
    expect((await fetch(`${admin}/faults`)).status).toBe(200);
    expect((await fetch(`${url}/faults`)).status).toBe(404);
    expect((await fetch(`${admin}/metrics`)).status).toBe(404);
  });

  it("answers 503 for neighbours that are not there", async () => {
    const { url } = await running("order", {
      USER_URL: "http://127.0.0.1:1",
      PAYMENT_URL: "http://127.0.0.1:1",
    });
    const item = { sku: "sku-1", quantity: 1 };
    const order = {
      user_id: "usr-100",
      items: [item],
      amount: 1,
      currency: "USD",
      payment_type: "debit_card",
    };
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/api/orders`, {
      method: "POST",
      headers,
      body: JSON.stringify(order),
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ detail: "user cannot be reached" });
  });

  it("writes its log to a file, too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "burnrate-program-"));
    try {
      const file = join(folder, "user.log");
      const { child, exited, lines } = await running("user", { LOG_FILE: file });
      child.kill("SIGTERM");
      await exited;
      const copied = readFileSync(file, "utf8").trimEnd().split("\n");
      expect(copied.map((line) => JSON.parse(line) as LogLine)).toEqual(lines);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a service's program refuses to start", { timeout: 30_000 }, () => {
  it("with a bad environment, and names every problem", async () => {
    const program = start("order", {
      PORT: "http",
      BREAKER_TIMEOUT: "2",
      PROFILE: "chaos",
      USER_URL: "user",
    });
    expect(await program.exited).toBe(2);
    expect(program.stderr.trimEnd().split("\n")).toEqual([
      'PORT: got "http", want a port from 0 to 65535',
      'PROFILE: got "chaos", want one of default, reference',
      'USER_URL: got "user", want an http address without a path, such as http://127.0.0.1:8082',
      'BREAKER_TIMEOUT: got "2", want a time with its unit of at least 1ms, such as 250ms, 10s, 5m or 1h',
    ]);
    expect(program.lines).toEqual([]);
  });

  it("with fault switches in reach of others and no token", async () => {
    const program = start("user", { ADMIN_HOST: "0.0.0.0" });
    expect(await program.exited).toBe(2);
    expect(program.stderr).toBe(
      "ADMIN_TOKEN: got nothing, want a secret, because ADMIN_HOST=0.0.0.0 is not loopback\n",
    );
  });

  it("with a log file that it cannot write", async () => {
    const program = start("user", { LOG_FILE: "/nowhere/at/all.log" });
    expect(await program.exited).toBe(2);
    expect(program.stderr).toContain(
      'LOG_FILE: got "/nowhere/at/all.log", want a file that can be appended to',
    );
  });

  it("on a port that is taken", async () => {
    const { url } = await running("user");
    const { port } = new URL(url);
    const program = start("user", { PORT: port });
    expect(await program.exited).toBe(1);
    expect(program.stderr).toBe(`user: cannot listen on 127.0.0.1:${port}: another program listens there\n`);
  });
});
