import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { errorTypes } from "./send.ts";
import { DURATION_BUCKETS } from "../services/kit/metrics.ts";
import { services } from "../services/topology.ts";
import type { Scenario } from "./scenarios.ts";

/** The self-monitoring of reference 2.4, and what an open model must own up to: starts dropped, and starts late. */
export interface LoadgenMetrics {
  readonly sent: Counter<"service" | "method" | "path">;
  readonly responses: Counter<"service" | "status_code">;
  readonly duration: Histogram<"service">;
  readonly errors: Counter<"service" | "error_type">;
  readonly dropped: Counter<"service">;
  readonly inFlight: Gauge<"service">;
  readonly lateness: Histogram;
}

export interface LoadgenMetricsOptions {
  readonly registry: Registry;
  readonly scenarios: readonly Scenario[];
  /** The rate that one service is to get now, in requests per second. */
  readonly currentRps: () => number;
}

/** A timer is late by up to 2 ms; more is this process, or its machine, being busy. Seconds. */
const LATENESS_BUCKETS = [0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];
/** Codes that have a series from the first scrape; a code that is not among them counts as "other". */
const STATUS_CODES = "200 201 204 400 401 402 403 404 405 409 413 415 422 423 429 500 501 502 503 504".split(
  " ",
);

/**
 * Declares the load generator's metrics. Every label is from a closed list, and every series is there, at 0, from
 * the first scrape.
 */
export function loadgenMetrics({ registry, scenarios, currentRps }: LoadgenMetricsOptions): LoadgenMetrics {
  const registers = [registry];
  const labelNames = ["service"] as const;
  const sent = new Counter({
    name: "loadgen_requests_sent_total",
    help: "Requests sent, by the route's template.",
    labelNames: ["service", "method", "path"],
    registers,
  });
  const responses = new Counter({
    name: "loadgen_responses_received_total",
    help: "Answers received, whatever their status.",
    labelNames: ["service", "status_code"],
    registers,
  });
  const duration = new Histogram({
    name: "loadgen_request_duration_seconds",
    help: "From the scheduled start to the end of the answer, or to the timeout.",
    labelNames,
    // The services' own buckets, so that both can be laid over each other.
    buckets: DURATION_BUCKETS,
    registers,
  });
  const errors = new Counter({
    name: "loadgen_request_errors_total",
    help: "Requests that got no answer, by cause.",
    labelNames: ["service", "error_type"],
    registers,
  });
  const dropped = new Counter({
    name: "loadgen_dropped_starts_total",
    help: "Scheduled starts that were not sent because too many requests were waiting for the service.",
    labelNames,
    registers,
  });
  const inFlight = new Gauge({
    name: "loadgen_requests_in_flight",
    help: "Requests that wait for an answer.",
    labelNames,
    registers,
  });
  const lateness = new Histogram({
    name: "loadgen_start_lateness_seconds",
    help: "How long after its scheduled start a request was sent.",
    buckets: LATENESS_BUCKETS,
    registers,
  });
  void new Gauge({
    name: "loadgen_current_rps",
    help: "Requests per second that the service is to get now.",
    labelNames,
    registers,
    collect() {
      for (const { name } of services) this.set({ service: name }, currentRps());
    },
  });

  for (const { service, method, path } of scenarios) sent.inc({ service, method, path }, 0);
  for (const { name: service } of services) {
    for (const status_code of [...STATUS_CODES, "other"]) responses.inc({ service, status_code }, 0);
    for (const error_type of errorTypes) errors.inc({ service, error_type }, 0);
    dropped.inc({ service }, 0);
    inFlight.set({ service }, 0);
    duration.zero({ service });
  }
  return { sent, responses, duration, errors, dropped, inFlight, lateness };
}

/** The `status_code` label of an answer: the code itself, or "other" for one that no service is known to give. */
export function statusLabel(status: number): string {
  const code = String(status);
  return STATUS_CODES.includes(code) ? code : "other";
}
