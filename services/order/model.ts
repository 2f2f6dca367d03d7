import { failures, latencies } from "./behaviour.ts";
import type { Simulation } from "../kit/simulation.ts";

/** What is going to happen to one request in this service, its neighbours aside. */
export interface Plan {
  /** Milliseconds. */
  readonly takes: number;
  readonly outcome: "success" | "conflict" | "failed";
}

/** Draws what happens to each request, without waiting: the service acts it out, the budget test adds it up. */
export interface OrderModel {
  read(): Plan;
  create(): Plan;
}

/** Creates the model from the numbers in `behaviour.ts`. */
export function createOrderModel(simulation: Simulation): OrderModel {
  const rates = failures[simulation.profile];
  const fails = simulation.share("order failed", rates.failed);
  const conflicts = simulation.share("order conflict", rates.conflict);
  const takeRead = simulation.latency("order read", latencies.read);
  const takeCreate = simulation.latency("order create", latencies.create);
  return {
    read: () => ({ takes: takeRead(), outcome: fails() ? "failed" : "success" }),
    create() {
      const takes = takeCreate();
      if (fails()) return { takes, outcome: "failed" };
      return { takes, outcome: conflicts() ? "conflict" : "success" };
    },
  };
}
