import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createSimulation } from "../kit/simulation.ts";
import { createStore } from "../kit/store.ts";
import { paymentMetrics } from "./metrics.ts";
import { createPay } from "./pay.ts";
import type { Profile } from "../kit/simulation.ts";
import type { Payment } from "./pay.ts";
import type { PaymentPlan } from "./model.ts";

const order = { amount: 10, currency: "USD", type: "bank_transfer" } as const;

/** A payment whose fate is given. */
async function meets(outcome: PaymentPlan["outcome"], profile: Profile = "default") {
  const registry = new Registry();
  const payments = createStore<Payment>();
  const pay = createPay({
    simulation: createSimulation({ on: false, profile }),
    model: {
      pay: () => ({ fraudCheck: 0, processing: 0, outcome }),
      read: () => ({ takes: 0, fails: false }),
    },
    metrics: paymentMetrics(registry),
    payments,
    fraudCheck: { call: async (action) => action(new AbortController().signal) },
  });
  const error: unknown = await pay(order).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, kept: payments.list({ limit: 10, offset: 0 }).total, text: await registry.metrics() };
}

describe("a payment", () => {
  it("that the bank declines is 402", async () => {
    const { error, kept, text } = await meets("declined");
    expect(error).toMatchObject({ status: 402, code: "declined", message: "the bank declined the payment" });
    expect(kept).toBe(0);
    expect(text).toContain('payment_transactions_total{status="declined",type="bank_transfer"} 1');
    expect(text).toContain('payment_amount_total{currency="USD"} 0');
  });

  it("that the fraud check refuses is 403", async () => {
    const { error, text } = await meets("fraud_check_failed");
    expect(error).toMatchObject({ status: 403, message: "the fraud check refused the payment" });
    expect(text).toContain('payment_transactions_total{status="fraud_check_failed",type="bank_transfer"} 1');
  });

  it("whose gateway fails is 502", async () => {
    const { error, text } = await meets("gateway_error");
    expect(error).toMatchObject({ status: 502, message: "the payment gateway failed" });
    expect(text).toContain('payment_transactions_total{status="gateway_error",type="bank_transfer"} 1');
  });

  it("that comes to nothing is a 5xx in the profile `reference`, whatever the reason", async () => {
    expect((await meets("declined", "reference")).error).toMatchObject({ status: 500 });
    expect((await meets("fraud_check_failed", "reference")).error).toMatchObject({ status: 500 });
    expect((await meets("gateway_error", "reference")).error).toMatchObject({ status: 502 });
  });

  it("that is approved is kept", async () => {
    const { error, kept } = await meets("approved");
    expect(error).toBeUndefined();
    expect(kept).toBe(1);
  });
});
