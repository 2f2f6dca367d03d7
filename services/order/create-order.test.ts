import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createStore } from "../kit/store.ts";
import { readTrace } from "../kit/trace.ts";
import { createOrderCreation } from "./create-order.ts";
import { orderMetrics } from "./metrics.ts";
import type { Order } from "./create-order.ts";
import type { Plan } from "./model.ts";

const request = {
  user_id: "usr-100",
  items: [],
  amount: 1,
  currency: "USD",
  payment_type: "credit_card",
} as const;

/** An order whose fate in this service is given. */
async function meets(plan: Plan) {
  const registry = new Registry();
  const calls: string[] = [];
  const create = createOrderCreation({
    model: { read: () => plan, create: () => plan },
    neighbours: {
      validateUser: async () => void calls.push("validate"),
      charge: async () => {
        calls.push("charge");
        return "pay-1";
      },
    },
    metrics: orderMetrics(registry),
    orders: createStore<Order>(),
  });
  const started = performance.now();
  const result = await create(request, readTrace(undefined, undefined)).catch((error: unknown) => error);
  return { result, calls, took: performance.now() - started, text: await registry.metrics() };
}

describe("creating an order", () => {
  it("takes as long as the service's own work, which runs beside the calls", async () => {
    const { result, took } = await meets({ takes: 30, outcome: "success" });
    expect(result).toMatchObject({ id: "ord-002", status: "paid" });
    expect(took).toBeGreaterThanOrEqual(29);
  });

  it("is refused with 409 on a conflict, before any money moves", async () => {
    const { result, calls } = await meets({ takes: 0, outcome: "conflict" });
    expect(result).toMatchObject({ status: 409, message: "an item was sold while the order was made" });
    expect(calls).toEqual(["validate"]);
  });

  it("fails with 500 when its database does, and is no longer in progress", async () => {
    const { result, calls, text } = await meets({ takes: 0, outcome: "failed" });
    expect(result).toMatchObject({ status: 500, message: "the order database failed (simulated)" });
    expect(calls).toEqual([]);
    expect(text).toContain("orders_in_progress 0");
    expect(text).toContain("orders_created_total 0");
  });
});
