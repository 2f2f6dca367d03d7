/** What the tests of incidents share. */
import { episodeOf } from "../faults/episode.ts";
import type { Crossing, Episode } from "../faults/episode.ts";
import type { Listed } from "../store.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");

/** A fault that began at noon and lasts five minutes, with changes. */
export function episode(changes: Partial<Episode> = {}): Episode {
  const { id = "fault-1", service = "payment", startedAt = NOON } = changes;
  const active = { id, service, startedAt, fault: "errors", variant: "100%", target: null };
  return { ...episodeOf({ ...active, expiresAt: startedAt + 300_000 }, "console"), ...changes };
}

/** The fast page of payment's availability, 52 s after noon, with changes. */
export function crossing(changes: Partial<Crossing> = {}): Crossing {
  return {
    slo: "payment-availability",
    sli: "availability",
    tier: "page-fast",
    severity: "critical",
    factor: 14.4,
    at: NOON + 51_840,
    ...changes,
  };
}

/** A page through PagerDuty, with changes; `at` is when it was received. */
export function notice({ at, ...changes }: Partial<Omit<Listed, "at">> & { readonly at: number }): Listed {
  return {
    id: 1,
    received_at: new Date(at).toISOString(),
    channel: "pagerduty",
    state: "firing",
    summary: "the error budget burns",
    service: "payment",
    slo: "payment-availability",
    tier: "page-fast",
    alertname: "ErrorBudgetBurnRateCritical",
    severity: "critical",
    thread: "pagerduty",
    digest: "",
    at: { segment: 1, offset: 0, bytes: 0 },
    deliveries: 1,
    ...changes,
  };
}
