import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";
import { BreakerRejected, BreakerTimeout, createBreaker } from "./breaker.ts";
import { HttpProblem } from "./errors.ts";
import type { BreakerOptions, BreakerState } from "./breaker.ts";
import type { FaultEffects } from "./fault-effects.ts";
import type { Logger } from "./logging.ts";

/** A neighbour as its caller sees it: behind a breaker, counted, and open to faults. */
export interface Downstream {
  /**
   * Makes one call.
   *
   * @param action the call itself; what it throws counts against the neighbour, so it returns refusals (4xx).
   * @throws DownstreamProblem: 503 for a neighbour that is dead or shut off, 504 for a slow one, 502 for one that fails.
   */
  call<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface DownstreamOptions {
  registry: Registry;
  logger: Logger;
  faults: FaultEffects;
  breaker?: Omit<BreakerOptions, "onChange">;
}

/** The neighbour answered with a 5xx. */
export class NeighbourFailed extends Error {
  override readonly name = "NeighbourFailed";
  readonly code = "NEIGHBOUR_FAILED";
}

/** A call to a neighbour that came to nothing, as the answer that the caller gives. */
class DownstreamProblem extends HttpProblem {
  override readonly name = "DownstreamProblem";
}

const OUTCOMES = ["success", "error", "timeout", "rejected"] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Why a call was not made: the breaker is open, or the bulkhead has as many calls in flight as it lets through. */
const REASONS = ["breaker", "bulkhead"] as const;
type Reason = (typeof REASONS)[number];

const STATE_VALUES: Record<BreakerState, number> = { closed: 0, "half-open": 1, open: 2 };

/**
 * Creates a service's neighbours by name, each with a breaker of its own, and their metrics
 * `downstream_requests_total`, `downstream_rejections_total`, `downstream_requests_in_flight`, `downstream_capacity` and
 * `circuit_breaker_state`, every series of which is there from the start.
 */
export function createDownstreams<const N extends string>(
  names: readonly N[],
  { registry, logger, faults, breaker: breakerOptions = {} }: DownstreamOptions,
): Record<N, Downstream> {
  const requests = new Counter({
    name: "downstream_requests_total",
    help: "Calls to a neighbour by outcome; rejected ones were not made, because the breaker was open or full.",
    labelNames: ["downstream", "status"],
    registers: [registry],
  });
  const rejections = new Counter({
    name: "downstream_rejections_total",
    help: "Calls that were not made, by what refused them: the breaker, or the bulkhead that was full.",
    labelNames: ["downstream", "reason"],
    registers: [registry],
  });
  const inFlight = new Gauge({
    name: "downstream_requests_in_flight",
    help: "Calls to a neighbour that wait for its answer.",
    labelNames: ["downstream"],
    registers: [registry],
  });
  const capacities = new Gauge({
    name: "downstream_capacity",
    help: "Calls to a neighbour that the bulkhead lets be in flight at once.",
    labelNames: ["downstream"],
    registers: [registry],
  });
  const breakers = names.map((name) => {
    const onChange = (state: BreakerState): void => {
      logger.warn({ downstream: name, state }, "breaker changed");
    };
    return [name, createBreaker({ ...breakerOptions, onChange })] as const;
  });
  const states = new Gauge({
    name: "circuit_breaker_state",
    help: "State of the breaker in front of a neighbour: 0 closed, 1 half-open, 2 open.",
    labelNames: ["downstream"],
    registers: [registry],
    collect() {
      for (const [name, breaker] of breakers) this.set({ downstream: name }, STATE_VALUES[breaker.state]);
    },
  });
  for (const [name, { capacity }] of breakers) {
    states.set({ downstream: name }, 0);
    inFlight.set({ downstream: name }, 0);
    capacities.set({ downstream: name }, capacity);
    for (const status of OUTCOMES) requests.inc({ downstream: name, status }, 0);
    for (const reason of REASONS) rejections.inc({ downstream: name, reason }, 0);
  }

  const downstreams = breakers.map(([name, breaker]) => {
    const call = async <T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      try {
        const value = await breaker.run(async (signal) => {
          inFlight.inc({ downstream: name });
          try {
            await faults.beforeCall(name);
            return await action(signal);
          } finally {
            inFlight.dec({ downstream: name });
          }
        });
        requests.inc({ downstream: name, status: "success" });
        return value;
      } catch (error) {
        const [outcome, problem] = judge(name, error);
        requests.inc({ downstream: name, status: outcome });
        if (outcome === "rejected") {
          const reason: Reason = breaker.state === "closed" ? "bulkhead" : "breaker";
          rejections.inc({ downstream: name, reason });
        }
        throw problem;
      }
    };
    return [name, { call }] as const;
  });
  return Object.fromEntries(downstreams) as Record<N, Downstream>;
}

function judge(name: string, error: unknown): [Outcome, DownstreamProblem] {
  const problem = (status: number, code: string, detail: string): DownstreamProblem =>
    new DownstreamProblem(status, code, detail, { cause: error });
  if (error instanceof BreakerTimeout) {
    return ["timeout", problem(504, "downstream-timeout", `${name} did not answer in time`)];
  }
  if (error instanceof BreakerRejected) {
    return ["rejected", problem(503, "downstream-unavailable", `${name} is not called: ${error.message}`)];
  }
  if (error instanceof NeighbourFailed) {
    return ["error", problem(502, "downstream-failed", `${name} failed`)];
  }
  return ["error", problem(503, "downstream-unavailable", `${name} cannot be reached`)];
}
