import { once } from "node:events";
import { createServer } from "node:http";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../services/kit/config.ts";
import { freePorts } from "./bench/free-ports.ts";
import { startProgram } from "./bench/program.ts";
import { servicePrograms } from "./bench/service-programs.ts";
import { configSchema } from "./config.ts";
import { startLoadgen } from "./loadgen.ts";
import type { AddressInfo } from "node:net";
import type { Environment } from "../services/kit/config.ts";
import type { Loadgen } from "./loadgen.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function start(env: Environment): Promise<Loadgen> {
  const config = readConfig(configSchema, { PORT: "0", DIURNAL: "off", BURSTS: "off", SEED: "1", ...env });
  const loadgen = await startLoadgen(config, pino({ level: "silent" }));
  closers.push(() => loadgen.stop());
  return loadgen;
}

/** A target for all three services that answers after a while. */
async function target(milliseconds: number): Promise<Environment> {
  const server = createServer((_, response) => {
    setTimeout(() => response.end("{}"), milliseconds);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return toAll(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function toAll(url: string): Environment {
  return { ORDER_URL: url, PAYMENT_URL: url, USER_URL: url };
}

/** The sum of all series of a metric, on the load generator's own /metrics. */
async function metric({ port }: Loadgen, name: string, label = ""): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`) && line.includes(label));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** Sent and dropped of each service, read from the summary. */
function totals(loadgen: Loadgen): { sent: number; dropped: number } {
  const rows = [...loadgen.summary().matchAll(/^(?:order|payment|user) +(\d+) +(\d+) /gm)];
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  return { sent: sum(1), dropped: sum(2) };
}

describe("the load generator against real sockets", { timeout: 30_000 }, () => {
  it("sends more, or less, while its switch says so", async () => {
    const loadgen = await start({ ...(await target(0)), RPS: "30", ADMIN_PORT: "0" });
    const load = `http://127.0.0.1:${loadgen.adminPort}/load`;
    const rate = () => metric(loadgen, "loadgen_current_rps");
    const body = JSON.stringify({ factor: 5, for: "1m" });
    const headers = { "content-type": "application/json" };
    expect(await rate()).toBeCloseTo(30, 9);
    expect((await fetch(load, { method: "POST", headers, body })).status).toBe(201);
    expect(await rate()).toBeCloseTo(150, 9);
    await fetch(load, { method: "DELETE" });
    expect(await rate()).toBeCloseTo(30, 9);
  });

  it("sends as much to a target that takes a second as to one that answers at once", async () => {
    const common = { RPS: "200", DURATION: "1500ms" };
    const quick = await start({ ...common, ...(await target(0)) });
    const slow = await start({ ...common, ...(await target(1000)) });
    await Promise.all([quick.done, slow.done]);
    await Promise.all([quick.stop(), slow.stop()]);
    expect(totals(slow)).toEqual(totals(quick));
    expect(Math.abs(totals(slow).sent - 300)).toBeLessThanOrEqual(20);
  });

  it("drops and counts what would be too many requests in flight", async () => {
    const loadgen = await start({
      RPS: "300",
      DURATION: "1s",
      MAX_IN_FLIGHT: "5",
      REQUEST_TIMEOUT: "30s",
      SHUTDOWN_DEADLINE: "0s",
      ...(await target(60_000)),
    });
    const dropped = () => metric(loadgen, "loadgen_dropped_starts_total");
    await expect.poll(dropped, { timeout: 20_000 }).toBeGreaterThan(100);
    expect(await metric(loadgen, "loadgen_requests_in_flight")).toBe(15);
    await loadgen.stop();
    expect(totals(loadgen).sent).toBe(15);
  });

  it("goes on when nobody listens, and counts the errors", async () => {
    const [port] = await freePorts(1);
    const loadgen = await start({ RPS: "200", DURATION: "500ms", ...toAll(`http://127.0.0.1:${port}`) });
    await loadgen.done;
    expect(Math.abs((await metric(loadgen, "loadgen_requests_sent_total")) - 100)).toBeLessThanOrEqual(20);
    const errors = await metric(loadgen, "loadgen_request_errors_total", 'error_type="connection_refused"');
    expect(errors).toBe(await metric(loadgen, "loadgen_requests_sent_total"));
  });

  it("is alive and ready while it sends, and shows the rate that it aims at", async () => {
    const loadgen = await start({ RPS: "30", ...(await target(0)) });
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${loadgen.port}${path}`)).status;
    expect([await status("/healthz"), await status("/readyz"), await status("/metrics")]).toEqual([
      200, 200, 200,
    ]);
    expect(await status("/nothing")).toBe(404);
    expect(await metric(loadgen, "loadgen_current_rps", 'service="user"')).toBe(10);
  });

  it("says who has its port when that is taken", async () => {
    const first = await start({ ...(await target(0)) });
    await expect(start({ PORT: String(first.port), ...(await target(0)) })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${first.port}: another program listens there`,
    );
  });

  it("sends nothing that the services refuse", async () => {
    const ports = (await freePorts(6)).values();
    const programs = servicePrograms({
      port: () => ports.next().value ?? 0,
      env: { SIMULATION: "off", LOG_LEVEL: "warn" },
    });
    const running = await Promise.all(programs.map(({ program }) => startProgram(program)));
    closers.push(() => Promise.all(running.map((program) => program.stop())));
    const urls = programs.map(({ name, url }) => [`${name.toUpperCase()}_URL`, url]);
    const loadgen = await start({ RPS: "300", DURATION: "2s", ...Object.fromEntries(urls) });
    await loadgen.done;
    const answers = await metric(loadgen, "loadgen_responses_received_total");
    const good =
      (await metric(loadgen, "loadgen_responses_received_total", 'status_code="200"')) +
      (await metric(loadgen, "loadgen_responses_received_total", 'status_code="201"'));
    expect(answers).toBe(await metric(loadgen, "loadgen_requests_sent_total"));
    expect(good).toBe(answers);
  });
});
