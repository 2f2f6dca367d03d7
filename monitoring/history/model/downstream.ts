/** A neighbour as its caller counts it: `downstream_requests_total` and `circuit_breaker_state`. */
import type { Counters, Labels } from "./counters.ts";

const outcomes = ["success", "error", "timeout", "rejected"] as const;
type Outcome = (typeof outcomes)[number];

export const breaker = { closed: 0, open: 2 } as const;

export function downstream(counters: Counters, target: Labels, name: string) {
  const labels = { ...target, downstream: name };
  const requests = outcomes.map(
    (status) =>
      [status, counters.add("downstream_requests_total", { ...labels, status }, "business")] as const,
  );
  const state = counters.add("circuit_breaker_state", labels, "business");
  return {
    called(calls: Readonly<Partial<Record<Outcome, number>>>): void {
      for (const [status, series] of requests) counters.increase(series, calls[status] ?? 0);
    },
    breakerIs(value: number): void {
      counters.set(state, value);
    },
  };
}
