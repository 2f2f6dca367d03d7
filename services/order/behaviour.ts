import type { LatencyModel } from "../kit/latency.ts";
import type { Profile } from "../kit/simulation.ts";

/** How long the service's own work takes, in milliseconds (reference 2.1). */
export const latencies = {
  read: { mean: 50, sigma: 10, tail: 0.005 },
  /** Runs beside the calls to the neighbours, which usually end first. */
  create: { mean: 200, sigma: 25, tail: 0.001 },
} as const satisfies Record<string, LatencyModel>;

/**
 * What goes wrong in the service itself. In the default profile most of the reference's 2 % of requests that do not
 * succeed are refused payments, which three in ten requests ask for and one in fourteen meets. The failures are
 * few, because the payment service's own ones come on top: together they spend two thirds of a 99.9 % objective.
 */
export const failures: Record<
  Profile,
  {
    /** Of the creations: 409. */ readonly conflict: number;
    /** Of all requests: 500. */ readonly failed: number;
  }
> = {
  default: { conflict: 0.003, failed: 0.000_15 },
  reference: { conflict: 0, failed: 0.02 },
};
