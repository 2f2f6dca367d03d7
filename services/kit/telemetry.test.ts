import { describe, expect, it } from "vitest";
import { createServiceApp } from "./service-app.ts";
import { testDeps } from "./testing.ts";
import type { Route } from "./router.ts";

const routes: Route[] = [
  { method: "GET", path: "/fine/{id}", statuses: [200], handle: () => ({ status: 200, body: {} }) },
  {
    method: "GET",
    path: "/broken",
    statuses: [],
    handle: () => {
      throw new Error("the disk is full");
    },
  },
];
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const headers = { "x-request-id": "req-1", traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };

describe("telemetry", () => {
  it("writes one line a request", async () => {
    const deps = testDeps();
    await createServiceApp(routes, deps).request("/fine/7", { headers });
    expect(deps.lines).toEqual([
      {
        level: "info",
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        service: "test",
        request_id: "req-1",
        trace_id: TRACE,
        route: "/fine/{id}",
        method: "GET",
        status: 200,
        duration_ms: expect.any(Number) as number,
        msg: "request",
      },
    ]);
  });

  it("logs why a request failed", async () => {
    const deps = testDeps();
    await createServiceApp(routes, deps).request("/broken", { headers });
    expect(deps.lines).toMatchObject([
      { level: "error", status: 500, err: { type: "Error", message: "the disk is full" } },
    ]);
  });

  it("samples successes, and never failures", async () => {
    const deps = testDeps({ logSample: 0 });
    const app = createServiceApp(routes, deps);
    for (const path of ["/fine/1", "/fine/2", "/nowhere", "/broken"]) await app.request(path);
    expect(deps.lines.map((line) => line["status"])).toEqual([404, 500]);
  });

  it("neither counts nor logs probes", async () => {
    const deps = testDeps();
    const app = createServiceApp(routes, deps);
    const before = await deps.registry.metrics();
    for (const path of ["/healthz", "/readyz", "/metrics"]) await app.request(path);
    expect(deps.lines).toEqual([]);
    expect(await deps.registry.metrics()).toBe(before);
  });

  it("counts a request and its duration", async () => {
    const deps = testDeps();
    await createServiceApp(routes, deps).request("/fine/7");
    const text = await deps.registry.metrics();
    expect(text).toContain('http_requests_total{method="GET",path="/fine/{id}",status="200"} 1\n');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",path="/fine/{id}"} 1\n');
  });

  it("leaves probes alone while everything else is out of order", async () => {
    const deps = testDeps();
    const app = createServiceApp(routes, deps);
    deps.board.add({ fault: "outage", variant: "503", lasts: 1000 });
    expect((await app.request("/fine/1")).status).toBe(503);
    expect((await app.request("/readyz")).status).toBe(200);
    expect((await app.request("/metrics")).status).toBe(200);
  });
});
