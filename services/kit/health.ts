import type { Hono } from "hono";
import type { Registry } from "prom-client";

/** Whether the program wants traffic. */
export interface Readiness {
  /** True after the start-up delay and until `drain`. */
  ready(): boolean;
  /** Turns readiness off for good: the program is about to stop. */
  drain(): void;
}

export interface ReadinessOptions {
  /** How long after its creation the program is not ready yet, in milliseconds. @default 0 */
  delay?: number;
  /** A monotonic clock in milliseconds. @default performance.now */
  now?: () => number;
}

/** Readiness as Kubernetes understands it: off at first, on after a delay, off when draining. */
export function createReadiness({
  delay = 0,
  now = () => performance.now(),
}: ReadinessOptions = {}): Readiness {
  const readyAt = now() + delay;
  let draining = false;
  return {
    ready: () => !draining && now() >= readyAt,
    drain: () => {
      draining = true;
    },
  };
}

/**
 * Mounts `GET /healthz` (the process answers), `GET /readyz` (it wants traffic: 200, else 503) and
 * `GET /metrics`. None of them is counted, faulted or logged: they are not what users see.
 */
export function mountProbes(app: Hono, readiness: Readiness, registry: Registry): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", (c) =>
    readiness.ready() ? c.json({ status: "ready" }) : c.json({ status: "not ready" }, 503),
  );
  app.get("/metrics", async (c) =>
    c.body(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    app.all(path, (c) => c.json({ status: "method not allowed" }, 405, { allow: "GET, HEAD" }));
  }
}
