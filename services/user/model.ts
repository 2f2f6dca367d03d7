import { authResults, failures, latencies } from "./behaviour.ts";
import type { Simulation } from "../kit/simulation.ts";
import type { AuthResult } from "./behaviour.ts";

/** Draws what happens to each request, without waiting: the service acts it out, the budget test adds it up. */
export interface UserModel {
  /** Whether a request gets through to its work. */
  admission(): "admitted" | "refused" | "failed";
  /** Samplers of milliseconds. */
  readonly takes: Readonly<Record<keyof typeof latencies, () => number>>;
  signInResult(): AuthResult;
}

/** Creates the model from the numbers in `behaviour.ts`. */
export function createUserModel(simulation: Simulation): UserModel {
  const rates = failures[simulation.profile];
  const fails = simulation.share("user failed", rates.failed);
  const refuses = simulation.share("user refused", rates.refused);
  return {
    admission() {
      if (fails()) return "failed";
      return refuses() ? "refused" : "admitted";
    },
    takes: {
      cacheRead: simulation.latency("user cache read", latencies.cacheRead),
      cacheWrite: simulation.latency("user cache write", latencies.cacheWrite),
      queryOne: simulation.latency("user query", latencies.queryOne),
      queryList: simulation.latency("user list", latencies.queryList),
      insert: simulation.latency("user insert", latencies.insert),
      hashPassword: simulation.latency("user password", latencies.hashPassword),
    },
    signInResult: simulation.outcome("user sign-in", authResults),
  };
}
