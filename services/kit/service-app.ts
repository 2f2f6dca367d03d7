import type { Hono } from "hono";
import type { Registry } from "prom-client";
import { mountProbes } from "./health.ts";
import { createRouter } from "./router.ts";
import { createTelemetry } from "./telemetry.ts";
import type { FaultEffects } from "./fault-effects.ts";
import type { Readiness } from "./health.ts";
import type { Logger } from "./logging.ts";
import type { Route } from "./router.ts";
import type { Simulation } from "./simulation.ts";

/** What every service's `createApp` is given. */
export interface ServiceDeps {
  readonly logger: Logger;
  readonly registry: Registry;
  readonly readiness: Readiness;
  readonly simulation: Simulation;
  readonly faults: FaultEffects;
  /** Bytes that a body may have. */
  readonly bodyLimit: number;
  /** Share of the successful requests that is logged. */
  readonly logSample: number;
}

/** A service's HTTP app: its routes, open to faults, counted and logged, and the probes. */
export function createServiceApp(routes: readonly Route[], deps: ServiceDeps): Hono {
  const { registry, logger, logSample, faults, readiness } = deps;
  const app = createRouter(routes, {
    before: (c) => faults.beforeRequest(() => c.req.raw.signal),
    after: createTelemetry({ registry, routes, logger, logSample }),
  });
  mountProbes(app, readiness, registry);
  return app;
}
