import type { LatencyModel } from "../kit/latency.ts";
import type { Profile } from "../kit/simulation.ts";

/** How long each operation takes, in milliseconds. Even ten times a mean stays under 500 ms, but for a password. */
export const latencies = {
  cacheRead: { mean: 1, sigma: 0.25, tail: 0.001 },
  cacheWrite: { mean: 1, sigma: 0.25, tail: 0.001 },
  queryOne: { mean: 15, sigma: 4, tail: 0.01 },
  queryList: { mean: 25, sigma: 6, tail: 0.01 },
  insert: { mean: 30, sigma: 8, tail: 0.01 },
  /** Hashing a password is slow on purpose. */
  hashPassword: { mean: 80, sigma: 10, tail: 0.002 },
} as const satisfies Record<string, LatencyModel>;

/**
 * What goes wrong, as shares of all business requests: together the reference's 0.1 %. `refused` requests answer 429,
 * which the availability objective does not count; `failed` ones answer 500. 0.015 % of failures burn a 99.9 %
 * objective at 0.15 times the rate that it allows.
 */
export const failures: Record<Profile, { readonly refused: number; readonly failed: number }> = {
  default: { refused: 0.000_85, failed: 0.000_15 },
  reference: { refused: 0, failed: 0.001 },
};

export type AuthResult = "success" | "invalid_credentials" | "account_locked" | "rate_limited";

/** How sign-ins end, in parts of 100 (reference 2.3). They are people's outcomes, in both profiles. */
export const authResults: readonly (readonly [result: AuthResult, weight: number])[] = [
  ["success", 85],
  ["invalid_credentials", 7],
  ["account_locked", 5],
  ["rate_limited", 3],
];

/** Small and short-lived enough for misses to be seen. Milliseconds. */
export const cache = { capacity: 200, timeToLive: 10_000 } as const;

/** Signed-in people over the day: the most at the peak hour, the fewest 12 hours later. */
export const sessions = { fewest: 120, most: 900, /** Share of the value. */ jitter: 0.02 } as const;

/** usr-100 to usr-149 exist from the start. */
export const seededUsers = { first: 100, count: 50 } as const;
