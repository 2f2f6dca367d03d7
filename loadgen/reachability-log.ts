import type { Accounting } from "./accounting.ts";
import type { Logger } from "../services/kit/logging.ts";
import type { ServiceName } from "../services/topology.ts";

export interface ReachabilityLogOptions {
  readonly logger: Pick<Logger, "warn" | "info">;
  readonly tallies: Accounting["tallies"];
  readonly urls: Readonly<Record<ServiceName, string>>;
}

/**
 * Says in the log when a service stops answering and when it answers again: one line a change, not one a request.
 * A service that answers anything, an error too, is reachable.
 *
 * @returns a function to call about once a second.
 */
export function reachabilityLog({ logger, tallies, urls }: ReachabilityLogOptions): () => void {
  const seen = new Map<ServiceName, { answers: number; errors: number; reachable: boolean }>();
  return () => {
    for (const [service, { statusClasses, errors: errorCounts }] of tallies) {
      const last = seen.get(service) ?? { answers: 0, errors: 0, reachable: true };
      const answers = total(statusClasses);
      const errors = total(errorCounts);
      const reachable = answers > last.answers || (last.reachable && errors === last.errors);
      seen.set(service, { answers, errors, reachable });
      if (reachable === last.reachable) continue;
      const facts = { target: service, url: urls[service] };
      if (reachable) logger.info(facts, `${service} answers again`);
      else logger.warn(facts, `${service} does not answer; the load goes on`);
    }
  };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
