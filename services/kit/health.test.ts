import { Hono } from "hono";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createReadiness, mountProbes } from "./health.ts";

function probes() {
  let time = 0;
  const app = new Hono();
  const readiness = createReadiness({ delay: 2000, now: () => time });
  mountProbes(app, readiness, new Registry());
  const status = async (path: string, method = "GET") => (await app.request(path, { method })).status;
  return { app, status, readiness, advance: (milliseconds: number) => void (time += milliseconds) };
}

describe("the probes", () => {
  it("are not ready before the delay, and ready after it", async () => {
    const { status, advance } = probes();
    expect(await status("/readyz")).toBe(503);
    advance(1999);
    expect(await status("/readyz")).toBe(503);
    advance(1);
    expect(await status("/readyz")).toBe(200);
  });

  it("are not ready, but alive, when draining", async () => {
    const { status, readiness, advance } = probes();
    advance(5000);
    readiness.drain();
    expect(await status("/readyz")).toBe(503);
    expect(await status("/healthz")).toBe(200);
  });

  it("give metrics in Prometheus' text format", async () => {
    const response = await probes().app.request("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  });

  it("refuse other methods", async () => {
    const response = await probes().app.request("/readyz", { method: "POST" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });
});
