import { LatencySketch } from "./latency-sketch.ts";
import { statusLabel } from "./metrics.ts";
import { services } from "../services/topology.ts";
import type { LoadgenMetrics } from "./metrics.ts";
import type { Start } from "./schedule.ts";
import type { Outcome } from "./send.ts";
import type { ServiceName } from "../services/topology.ts";

/** What happened to one service's requests in a run. */
export interface ServiceTally {
  sent: number;
  dropped: number;
  /** Answers by the first digit of their status, "2xx" to "5xx". */
  readonly statusClasses: Map<string, number>;
  /** Requests without an answer, by cause. */
  readonly errors: Map<string, number>;
  /** From the scheduled start, in seconds. A refused connection has no latency; a timeout has. */
  readonly latency: LatencySketch;
}

/** Takes note of each request; Prometheus and the summary read from here. */
export interface Accounting {
  readonly tallies: ReadonlyMap<ServiceName, ServiceTally>;
  /** A request goes out, this many seconds after its scheduled start. */
  sent(start: Start, latenessSeconds: number): void;
  /** A start was not sent. */
  dropped(start: Start): void;
  /** A request has its answer, or will not get one, this many seconds after its scheduled start. */
  ended(start: Start, outcome: Outcome, seconds: number): void;
}

/** Creates the books of one run: nothing sent yet, for every service of the topology. */
export function createAccounting(metrics: LoadgenMetrics): Accounting {
  const tallies = new Map(services.map(({ name }) => [name, emptyTally()]));

  return {
    tallies,
    sent({ scenario }, latenessSeconds) {
      const { service, method, path } = scenario;
      tally(service).sent += 1;
      metrics.sent.inc({ service, method, path });
      metrics.inFlight.inc({ service });
      metrics.lateness.observe(latenessSeconds);
    },
    dropped({ scenario: { service } }) {
      tally(service).dropped += 1;
      metrics.dropped.inc({ service });
    },
    ended({ scenario: { service } }, outcome, seconds) {
      metrics.inFlight.dec({ service });
      if (outcome.kind === "answer") {
        addOne(tally(service).statusClasses, `${Math.floor(outcome.status / 100)}xx`);
        metrics.responses.inc({ service, status_code: statusLabel(outcome.status) });
      } else {
        addOne(tally(service).errors, outcome.type);
        metrics.errors.inc({ service, error_type: outcome.type });
        if (outcome.type !== "timeout") return;
      }
      tally(service).latency.observe(seconds);
      metrics.duration.observe({ service }, seconds);
    },
  };

  function tally(service: ServiceName): ServiceTally {
    const found = tallies.get(service);
    if (found === undefined) throw new Error(`no such service in the topology: ${service}`);
    return found;
  }
}

function emptyTally(): ServiceTally {
  return { sent: 0, dropped: 0, statusClasses: new Map(), errors: new Map(), latency: new LatencySketch() };
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
