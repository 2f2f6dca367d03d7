import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { DURATION_BUCKETS } from "../kit/metrics.ts";
import { authResults } from "./behaviour.ts";

export const OPERATIONS = ["list", "create", "validate", "get", "auth"] as const;
/** Seconds. A cache answers in about 1 ms. */
const CACHE_BUCKETS = [0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025];

export type UserMetrics = ReturnType<typeof userMetrics>;

/**
 * The user service's own metrics (reference 2.3), every series at 0 from the start.
 *
 * @param activeSessions asked at each scrape.
 */
export function userMetrics(registry: Registry, activeSessions: () => number) {
  const registers = [registry];
  const requests = new Counter({
    name: "user_requests_total",
    help: "Requests by what they ask for.",
    labelNames: ["operation"],
    registers,
  });
  const authAttempts = new Counter({
    name: "user_auth_attempts_total",
    help: "Sign-ins by how they ended.",
    labelNames: ["result"],
    registers,
  });
  const cacheHits = new Counter({
    name: "cache_hits_total",
    help: "Look-ups in the user cache, by whether it had the user.",
    labelNames: ["result"],
    registers,
  });
  const cacheDuration = new Histogram({
    name: "cache_operation_duration_seconds",
    help: "Time that the user cache takes.",
    labelNames: ["operation"],
    buckets: CACHE_BUCKETS,
    registers,
  });
  const queryDuration = new Histogram({
    name: "user_db_query_duration_seconds",
    help: "Time that the user database takes.",
    buckets: DURATION_BUCKETS,
    registers,
  });
  const sessionsGauge = new Gauge({
    name: "active_sessions",
    help: "People who are signed in.",
    registers,
    collect() {
      this.set(activeSessions());
    },
  });
  for (const operation of OPERATIONS) requests.inc({ operation }, 0);
  for (const [result] of authResults) authAttempts.inc({ result }, 0);
  for (const result of ["hit", "miss"]) cacheHits.inc({ result }, 0);
  for (const operation of ["get", "set"]) cacheDuration.zero({ operation });
  return { requests, authAttempts, cacheHits, cacheDuration, queryDuration, sessionsGauge };
}
