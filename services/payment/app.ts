import type { Hono } from "hono";
import { z } from "zod";
import { BODY_REFUSALS, readBody, readQuery } from "../kit/body.ts";
import { createDownstreams } from "../kit/downstream.ts";
import { HttpProblem } from "../kit/errors.ts";
import { spend } from "../kit/latency.ts";
import { amountSchema, CURRENCIES, PAYMENT_TYPES } from "../kit/money.ts";
import { pageSchema } from "../kit/pagination.ts";
import { createServiceApp } from "../kit/service-app.ts";
import { createStore } from "../kit/store.ts";
import { statuses } from "./behaviour.ts";
import { paymentMetrics } from "./metrics.ts";
import { createPaymentModel } from "./model.ts";
import { createPay } from "./pay.ts";
import type { BreakerOptions } from "../kit/breaker.ts";
import type { Route } from "../kit/router.ts";
import type { ServiceDeps } from "../kit/service-app.ts";
import type { Payment } from "./pay.ts";

/** What a `dependency` fault can be aimed at. */
export const FRAUD_CHECK = "fraud-check";

const newPayment = z.strictObject({
  order_id: z.string().min(1).max(64).optional(),
  amount: amountSchema,
  currency: z.enum(CURRENCIES),
  type: z.enum(PAYMENT_TYPES),
});

/** The payment service: list, look up and process payments (reference 2.2). */
export function createApp(deps: ServiceDeps, breaker: BreakerOptions = {}): Hono {
  const { simulation, registry, logger, faults, bodyLimit } = deps;
  const model = createPaymentModel(simulation);
  const payments = createStore<Payment>();
  const downstreams = createDownstreams([FRAUD_CHECK], { registry, logger, faults, breaker });
  const pay = createPay({
    simulation,
    model,
    metrics: paymentMetrics(registry),
    payments,
    fraudCheck: downstreams[FRAUD_CHECK],
  });

  const routes: Route[] = [
    {
      method: "GET",
      path: "/api/payments",
      statuses: [200, 400],
      handle: async (c) => {
        const page = readQuery(c, pageSchema);
        await query();
        const { records, total } = payments.list(page);
        return { status: 200, body: { payments: records, total, ...page } };
      },
    },
    {
      method: "POST",
      path: "/api/payments",
      statuses: [201, ...Object.values(statuses[simulation.profile]), 504, ...BODY_REFUSALS],
      handle: async (c) => {
        const payment = await pay(await readBody(c, newPayment, bodyLimit));
        return { status: 201, body: payment, headers: { location: `/api/payments/${payment.id}` } };
      },
    },
    {
      method: "GET",
      path: "/api/payments/{paymentID}",
      statuses: [200, 404],
      handle: async (c) => {
        await query();
        const payment = payments.get(c.req.param("paymentID") ?? "");
        if (payment === undefined) throw new HttpProblem(404, "unknown-payment", "there is no such payment");
        return { status: 200, body: payment };
      },
    },
  ];
  return createServiceApp(routes, deps);

  async function query(): Promise<void> {
    const { takes, fails } = model.read();
    await spend(takes);
    if (fails) throw new HttpProblem(500, "database-failed", "the payment database failed (simulated)");
  }
}
