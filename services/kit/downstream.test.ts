import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createClient } from "./client.ts";
import { createDownstreams } from "./downstream.ts";
import { readTrace } from "./trace.ts";
import { seriesOf, testDeps } from "./testing.ts";
import type { BreakerOptions } from "./breaker.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const trace = readTrace("req-1", `00-${TRACE}-00f067aa0ba902b7-01`);
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real neighbour on a port of its own. */
async function neighbour(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  closers.push(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function caller(url: string, breaker: BreakerOptions = {}) {
  const deps = testDeps({ targets: ["bank"] });
  const { bank } = createDownstreams(["bank"], { ...deps, breaker });
  const client = createClient({ url });
  const call = async () =>
    bank.call(async (signal) =>
      client({ method: "POST", path: "/pay?x=1", body: { amount: 1 }, trace, signal }),
    );
  const metric = async (series: string): Promise<number> => {
    const line = (await deps.registry.metrics()).split("\n").find((text) => text.startsWith(`${series} `));
    return Number(line?.split(" ")[1]);
  };
  const calls = async (status: string) =>
    metric(`downstream_requests_total{downstream="bank",status="${status}"}`);
  const rejections = async (reason: string) =>
    metric(`downstream_rejections_total{downstream="bank",reason="${reason}"}`);
  const inFlight = async () => metric('downstream_requests_in_flight{downstream="bank"}');
  const state = async () => metric('circuit_breaker_state{downstream="bank"}');
  return { ...deps, call, calls, rejections, inFlight, state };
}

const answers =
  (status: number, body = '{"ok":true}') =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };

describe("a call to a neighbour", () => {
  it("carries body, request id and trace, with a span of its own", async () => {
    const seen: Record<string, unknown> = {};
    const { url } = await neighbour((request, response) => {
      Object.assign(seen, { method: request.method, url: request.url, headers: request.headers });
      request.setEncoding("utf8").on("data", (chunk: string) => (seen["body"] = chunk));
      answers(201)(request, response);
    });
    const { call, calls } = caller(url);
    expect(await call()).toEqual({ status: 201, body: { ok: true } });
    expect(seen).toMatchObject({ method: "POST", url: "/pay?x=1", body: '{"amount":1}' });
    expect(seen["headers"]).toMatchObject({
      "content-type": "application/json",
      "x-request-id": "req-1",
      traceparent: expect.stringMatching(
        new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[\\da-f]{16}-01$`),
      ) as string,
    });
    expect(await calls("success")).toBe(1);
  });

  it("gives a refusal back, and does not hold it against the neighbour", async () => {
    const { url } = await neighbour(answers(402));
    const { call, calls, state } = caller(url, { volume: 1 });
    for (let sent = 0; sent < 6; sent += 1) expect((await call()).status).toBe(402);
    expect(await calls("success")).toBe(6);
    expect(await state()).toBe(0);
  });

  it("answers 502 for a neighbour that fails", async () => {
    const { url } = await neighbour(answers(500));
    const { call, calls } = caller(url);
    await expect(call()).rejects.toMatchObject({ status: 502, message: "bank failed" });
    expect(await calls("error")).toBe(1);
  });

  it("answers 502 for a neighbour that does not speak JSON", async () => {
    const { url } = await neighbour(answers(200, "<html>"));
    await expect(caller(url).call()).rejects.toMatchObject({ status: 502 });
  });

  it("answers 503 for a dead neighbour", async () => {
    const { url, close } = await neighbour(answers(200));
    close();
    const { call, calls } = caller(url);
    await expect(call()).rejects.toMatchObject({ status: 503, message: "bank cannot be reached" });
    expect(await calls("error")).toBe(1);
  });

  it("answers 504 for a slow neighbour, within the timeout, and drops the connection", async () => {
    const gone = Promise.withResolvers<void>();
    const { url } = await neighbour((request) => {
      request.on("close", () => {
        gone.resolve();
      });
    });
    const { call, calls } = caller(url, { timeout: 50 });
    const started = performance.now();
    await expect(call()).rejects.toMatchObject({ status: 504, message: "bank did not answer in time" });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await calls("timeout")).toBe(1);
    await gone.promise;
  });

  it("opens the breaker after five failures, half-opens, and closes when the neighbour is back", async () => {
    let status = 500;
    let requests = 0;
    const { url } = await neighbour((request, response) => {
      requests += 1;
      answers(status)(request, response);
    });
    const { call, calls, rejections, state, lines } = caller(url, { reset: 600 });
    for (let sent = 0; sent < 5; sent += 1) await expect(call()).rejects.toMatchObject({ status: 502 });
    expect(await state()).toBe(2);

    await expect(call()).rejects.toMatchObject({
      status: 503,
      message: "bank is not called: the breaker is open",
    });
    expect(await calls("rejected")).toBe(1);
    expect(await rejections("breaker")).toBe(1);
    expect(requests).toBe(5);

    status = 200;
    await expect.poll(state, { timeout: 10_000 }).toBe(1);
    expect((await call()).status).toBe(200);
    expect(await state()).toBe(0);
    expect(lines.map((line) => line["state"])).toEqual(["open", "half-open", "closed"]);
  });

  it("is not made while the bulkhead is full, which is counted apart from an open breaker", async () => {
    const held: ServerResponse[] = [];
    const { url } = await neighbour((_request, response) => void held.push(response));
    const { call, calls, rejections, inFlight, state } = caller(url, { capacity: 2 });
    const first = [call(), call()];
    await expect.poll(inFlight, { timeout: 10_000 }).toBe(2);
    await expect(call()).rejects.toMatchObject({
      status: 503,
      message: "bank is not called: 2 calls are in flight already",
    });
    expect([await calls("rejected"), await rejections("bulkhead"), await rejections("breaker")]).toEqual([
      1, 1, 0,
    ]);
    expect(await state()).toBe(0);
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(2);
    for (const response of held) answers(200)(undefined as never, response);
    await Promise.all(first);
    expect(await inFlight()).toBe(0);
  });

  it("is killed by a fault, and opens the breaker, without reaching the neighbour", async () => {
    let requests = 0;
    const { url } = await neighbour((request, response) => {
      requests += 1;
      answers(200)(request, response);
    });
    const { call, state, board } = caller(url);
    board.add({ fault: "dependency", variant: "dead", target: "bank", lasts: 60_000 });
    for (let sent = 0; sent < 5; sent += 1) await expect(call()).rejects.toMatchObject({ status: 503 });
    expect(await state()).toBe(2);
    expect(requests).toBe(0);
  });
});

describe("the metrics of neighbours", () => {
  it("are all there before the first call", async () => {
    const deps = testDeps();
    createDownstreams(["user", "payment"], deps);
    expect(seriesOf(await deps.registry.metrics()).filter((series) => series.includes("user"))).toEqual([
      'downstream_requests_total{downstream="user",status="success"}',
      'downstream_requests_total{downstream="user",status="error"}',
      'downstream_requests_total{downstream="user",status="timeout"}',
      'downstream_requests_total{downstream="user",status="rejected"}',
      'downstream_rejections_total{downstream="user",reason="breaker"}',
      'downstream_rejections_total{downstream="user",reason="bulkhead"}',
      'downstream_requests_in_flight{downstream="user"}',
      'downstream_capacity{downstream="user"}',
      'circuit_breaker_state{downstream="user"}',
    ]);
  });
});
