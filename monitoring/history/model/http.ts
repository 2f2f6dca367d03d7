/** The HTTP metrics of one route: `http_requests_total` and `http_request_duration_seconds`. */
import { DURATION_BUCKETS } from "../../../services/kit/metrics.ts";
import type { Counters, Labels } from "./counters.ts";
import type { RouteLatency } from "./latencies.ts";
import { routes } from "./routes.ts";
import type { RouteName } from "./routes.ts";

/** Answers by status. */
export type Answers = Readonly<Record<number, number>>;

/** Counts answers that took as long as the latency says. */
export type Answered = (answers: Answers, latency: RouteLatency) => void;

/** The bound that the latency SLIs read; the other buckets are for pictures. */
const SLI_BOUND = 0.5;

/**
 * Adds the series of a route.
 *
 * @param target labels of the service as a target.
 * @param statuses every status that the past answers with; others would stay 0 and are not written.
 */
export function httpRoute(
  counters: Counters,
  target: Labels,
  name: RouteName,
  statuses: readonly number[],
): Answered {
  const { method, path } = routes[name];
  const labels = { ...target, method, path };
  const byStatus = statuses.map((status) => {
    const series = counters.add("http_requests_total", { ...labels, status: String(status) }, "sli");
    return { status, series };
  });
  const histogram = "http_request_duration_seconds";
  const buckets = DURATION_BUCKETS.map((bound) =>
    counters.add(
      `${histogram}_bucket`,
      { ...labels, le: String(bound) },
      bound === SLI_BOUND ? "sli" : "detail",
    ),
  );
  const all = counters.add(`${histogram}_bucket`, { ...labels, le: "+Inf" }, "detail");
  const count = counters.add(`${histogram}_count`, labels, "sli");
  const sum = counters.add(`${histogram}_sum`, labels, "detail");

  return (answers, { within, meanSeconds }) => {
    let total = 0;
    for (const { status, series } of byStatus) {
      const number = answers[status] ?? 0;
      total += number;
      if (number > 0) counters.increase(series, number);
    }
    if (total === 0) return;
    for (let index = 0; index < buckets.length; index += 1) {
      counters.increase(buckets[index] ?? 0, total * (within[index] ?? 1));
    }
    counters.increase(all, total);
    counters.increase(count, total);
    counters.increase(sum, total * meanSeconds);
  };
}
