import { describe, expect, it } from "vitest";
import { postJson, sendNonsense, seriesOf, testDeps } from "../kit/testing.ts";
import { createApp, FRAUD_CHECK } from "./app.ts";
import type { TestDepsOptions } from "../kit/testing.ts";

const request = { amount: 19.99, currency: "EUR", type: "credit_card" };

function payment(options: TestDepsOptions = {}) {
  const deps = testDeps({ targets: [FRAUD_CHECK], ...options });
  const app = createApp(deps);
  const pay = async (body: unknown = request) => postJson(app, "/api/payments", body);
  const metrics = async () => deps.registry.metrics();
  return { ...deps, app, pay, metrics };
}

describe("the payment service", () => {
  it("approves a payment, keeps it, and counts its money", async () => {
    const { app, pay, metrics } = payment();
    const response = await pay({ ...request, order_id: "ord-7" });
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe("/api/payments/pay-1");
    const approved: unknown = await response.json();
    expect(approved).toMatchObject({ id: "pay-1", order_id: "ord-7", status: "approved", ...request });
    expect(await (await app.request("/api/payments/pay-1")).json()).toEqual(approved);
    expect(await (await app.request("/api/payments")).json()).toEqual({
      payments: [approved],
      total: 1,
      limit: 20,
      offset: 0,
    });
    const text = await metrics();
    expect(text).toContain('payment_transactions_total{status="approved",type="credit_card"} 1');
    expect(text).toContain('payment_amount_total{currency="EUR"} 19.99');
    expect(text).toContain("payment_processing_duration_seconds_count 1");
    expect(text).toContain("payments_in_flight 0");
    expect(text).toContain('downstream_requests_total{downstream="fraud-check",status="success"} 1');
  });

  it("answers 404 for a payment that it does not have", async () => {
    expect((await payment().app.request("/api/payments/pay-9")).status).toBe(404);
  });

  it("refuses what is not a payment, and names the field", async () => {
    const { app, pay } = payment();
    const field = async (body: unknown) => {
      const response = await pay(body);
      expect(response.status).toBe(400);
      return ((await response.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path);
    };
    expect(await field({ ...request, amount: "19.99" })).toEqual(["amount"]);
    expect(await field({ ...request, amount: 19.999 })).toEqual(["amount"]);
    expect(await field({ ...request, amount: 0 })).toEqual(["amount"]);
    expect(await field({ ...request, currency: "CHF" })).toEqual(["currency"]);
    expect(await field({ ...request, type: "cash" })).toEqual(["type"]);
    expect(await field({ ...request, cvv: "123" })).toEqual(["cvv"]);
    expect(await (await app.request("/api/payments")).json()).toMatchObject({ total: 0 });
  });

  it("pays nothing when the fraud check cannot be asked, and opens its breaker", async () => {
    const { app, pay, board, metrics } = payment();
    board.add({ fault: "dependency", variant: "dead", target: FRAUD_CHECK, lasts: 60_000 });
    for (let sent = 0; sent < 6; sent += 1) expect((await pay()).status).toBe(503);
    const text = await metrics();
    expect(text).toContain('circuit_breaker_state{downstream="fraud-check"} 2');
    expect(text).toContain('downstream_requests_total{downstream="fraud-check",status="rejected"} 1');
    expect(text).toContain('payment_transactions_total{status="unavailable",type="credit_card"} 6');
    expect(text).toContain('payment_amount_total{currency="EUR"} 0');
    expect(await (await app.request("/api/payments")).json()).toMatchObject({ total: 0 });
  });

  it("grows no series from 10,000 random methods and addresses", { timeout: 60_000 }, async () => {
    const { app, metrics } = payment();
    const before = seriesOf(await metrics());
    await sendNonsense(app, ["/api/payments", "/api/payments/pay-1"], 10_000);
    expect(seriesOf(await metrics())).toEqual(before);
  });
});
