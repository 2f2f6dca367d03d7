import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** Seconds. DESIGN section 3; 0.5 is there because the latency SLO has its threshold there. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The `path` of a request that no route matches: no client can create a series. */
export const UNMATCHED = "unmatched";
/** The `method` of a request whose method the route does not have. */
export const OTHER_METHOD = "OTHER";

/** What the metrics must know of a route to have all of its series from the first scrape. */
export interface CountedRoute {
  readonly method: string;
  /** The route's template, such as `/api/orders/{orderID}`. */
  readonly path: string;
  /** Every status that the route can answer with. */
  readonly statuses: readonly number[];
}

export interface HttpMetrics {
  /** Counts one answered request. */
  record(method: string, path: string, status: number, seconds: number): void;
}

/** prom-client's gauges whose names `promtool check metrics` refuses: `_total` is for counters. */
const MISNAMED_DEFAULTS = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

/** A registry of its own with the metrics of the Node process: memory, CPU, event loop, garbage collection. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED_DEFAULTS) registry.removeSingleMetric(name);
  return registry;
}

/**
 * The two HTTP metrics of DESIGN section 3, with every series of the given routes at 0 from the start: a rule
 * that divides by a series must find it at the first scrape.
 */
export function httpMetrics(registry: Registry, routes: readonly CountedRoute[]): HttpMetrics {
  const requests = new Counter({
    name: "http_requests_total",
    help: "Requests answered, by route template and status.",
    labelNames: ["method", "path", "status"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's headers to its answer.",
    labelNames: ["method", "path"],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  for (const { method, path, statuses } of routes) {
    durations.zero({ method, path });
    for (const status of statuses) requests.inc({ method, path, status }, 0);
  }
  return {
    record(method, path, status, seconds) {
      requests.inc({ method, path, status }, 1);
      durations.observe({ method, path }, seconds);
    },
  };
}
