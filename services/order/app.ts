import type { Hono } from "hono";
import { z } from "zod";
import { BODY_REFUSALS, readBody, readQuery } from "../kit/body.ts";
import { HttpProblem } from "../kit/errors.ts";
import { spend } from "../kit/latency.ts";
import { amountSchema, CURRENCIES, PAYMENT_TYPES } from "../kit/money.ts";
import { pageSchema } from "../kit/pagination.ts";
import { createServiceApp } from "../kit/service-app.ts";
import { createStore } from "../kit/store.ts";
import { createOrderCreation, databaseFailed } from "./create-order.ts";
import { orderMetrics } from "./metrics.ts";
import { createOrderModel } from "./model.ts";
import { createNeighbours } from "./neighbours.ts";
import type { Route } from "../kit/router.ts";
import type { ServiceDeps } from "../kit/service-app.ts";
import type { Order } from "./create-order.ts";
import type { NeighboursOptions } from "./neighbours.ts";

const newOrder = z.strictObject({
  user_id: z.string().min(1).max(64),
  items: z
    .array(
      z.strictObject({ sku: z.string().min(1).max(64), quantity: z.number().int().positive().max(1000) }),
    )
    .min(1)
    .max(50),
  amount: amountSchema,
  currency: z.enum(CURRENCIES),
  payment_type: z.enum(PAYMENT_TYPES),
});

/** There from the start, and for good: the load generator asks for it. */
const firstOrder: Order = {
  id: "ord-001",
  user_id: "usr-100",
  items: [{ sku: "sku-1", quantity: 1 }],
  amount: 19.99,
  currency: "USD",
  payment_type: "credit_card",
  payment_id: "pay-0",
  status: "paid",
  created_at: "2026-01-01T00:00:00.000Z",
};

/** The order service: list, look up and create orders (reference 2.1). */
export function createApp(deps: ServiceDeps, options: Omit<NeighboursOptions, "deps">): Hono {
  const { simulation, registry, bodyLimit } = deps;
  const model = createOrderModel(simulation);
  const orders = createStore<Order>({ seeds: [firstOrder] });
  const neighbours = createNeighbours({ deps, ...options });
  const createOrder = createOrderCreation({ model, neighbours, metrics: orderMetrics(registry), orders });

  const routes: Route[] = [
    {
      method: "GET",
      path: "/api/orders",
      statuses: [200, 400],
      handle: async (c) => {
        const page = readQuery(c, pageSchema);
        await query();
        const { records, total } = orders.list(page);
        return { status: 200, body: { orders: records, total, ...page } };
      },
    },
    {
      method: "POST",
      path: "/api/orders",
      statuses: [201, 402, 403, 409, 422, 429, 502, 504, ...BODY_REFUSALS],
      handle: async (c, trace) => {
        const order = await createOrder(await readBody(c, newOrder, bodyLimit), trace);
        return { status: 201, body: order, headers: { location: `/api/orders/${order.id}` } };
      },
    },
    {
      method: "GET",
      path: "/api/orders/{orderID}",
      statuses: [200, 404],
      handle: async (c) => {
        await query();
        const order = orders.get(c.req.param("orderID") ?? "");
        if (order === undefined) throw new HttpProblem(404, "unknown-order", "there is no such order");
        return { status: 200, body: order };
      },
    },
  ];
  return createServiceApp(routes, deps);

  async function query(): Promise<void> {
    const { takes, outcome } = model.read();
    await spend(takes);
    if (outcome === "failed") throw databaseFailed();
  }
}
