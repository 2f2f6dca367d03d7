import { HttpProblem } from "./errors.ts";
import { httpMetrics } from "./metrics.ts";
import { countedRoutes } from "./router.ts";
import type { Registry } from "prom-client";
import type { Logger } from "./logging.ts";
import type { Random } from "./random.ts";
import type { Route, Served } from "./router.ts";

export interface TelemetryOptions {
  registry: Registry;
  routes: readonly Route[];
  logger: Logger;
  /** Share of the successful requests (status under 400) that is logged, 0 to 1. @default 1 */
  logSample?: number;
  /** Decides which are. @default Math.random */
  random?: Random;
}

/** Counts every request and writes one log line for it: the one place where requests are observed. */
export function createTelemetry(options: TelemetryOptions): (served: Served) => void {
  const { registry, routes, logger, logSample = 1, random = Math.random } = options;
  const metrics = httpMetrics(registry, countedRoutes(routes));
  return function observe(served) {
    const { method, path, status, seconds } = served;
    metrics.record(method, path, status, seconds);
    if (status < 400 && logSample < 1 && random() >= logSample) return;
    const line = {
      request_id: served.trace.requestId,
      trace_id: served.trace.traceId,
      route: path,
      method,
      status,
      duration_ms: Math.round(seconds * 1e5) / 100,
    };
    if (status < 500) logger.info(line, "request");
    else logger.error({ ...line, ...reason(served.error) }, "request");
  };
}

/** A stack only for what nobody foresaw: the message of the others says it all. */
function reason(error: unknown): Record<string, unknown> {
  if (error === undefined) return {};
  if (error instanceof HttpProblem) return { reason: error.message };
  return { err: error };
}
