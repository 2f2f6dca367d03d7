/** The SLOs of monitoring/slo as the front reads them: for tests of what comes behind the front. */
import type { Alerting, Slo } from "../model.ts";
import { DAY } from "../duration.ts";
import { defaultTiers, tiersFor } from "../windows.ts";

const seconds = 30 * DAY;

/** Availability of a service: 99.9 % over 30 days unless told otherwise. */
export function availability(service: string, change: Partial<Slo> = {}): Slo {
  return {
    name: `${service}-availability`,
    service,
    sli: "availability",
    displayName: `${service.charAt(0).toUpperCase()}${service.slice(1)} availability`,
    description: "",
    target: 0.999,
    indicator: {
      kind: "events",
      bad: {
        query: `http_requests_total{service="${service}",status=~"5..",path!="unmatched"}`,
        counter: true,
      },
      total: { query: `http_requests_total{service="${service}",path!="unmatched"}`, counter: true },
    },
    budgeting: { method: "Occurrences" },
    window: { kind: "rolling", seconds },
    alerting: alerting(),
    source: { file: `monitoring/slo/${service}.yaml`, line: 1 },
    ...change,
  };
}

/** Latency of a service: 99 % under 500 ms over 30 days unless told otherwise. */
export function latency(service: string, change: Partial<Slo> = {}): Slo {
  const histogram = (part: string, labels: string): string =>
    `http_request_duration_seconds_${part}{service="${service}",path!="unmatched"${labels}}`;
  return {
    ...availability(service),
    name: `${service}-latency`,
    sli: "latency",
    displayName: `${service.charAt(0).toUpperCase()}${service.slice(1)} latency`,
    target: 0.99,
    indicator: {
      kind: "events",
      good: { query: histogram("bucket", `,le="0.5"`), counter: true },
      total: { query: histogram("count", ""), counter: true },
    },
    ...change,
  };
}

/** The default tiers over 30 days, and no other alert. */
export function alerting(change: Partial<Alerting> = {}): Alerting {
  return {
    tiers: tiersFor(defaultTiers, seconds),
    whenNoData: false,
    minimumEvents: 0,
    routing: {},
    ...change,
  };
}
