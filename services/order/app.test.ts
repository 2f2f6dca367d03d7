import { describe, expect, it } from "vitest";
import { postJson, sendNonsense, seriesOf, testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";
import { NEIGHBOURS } from "./neighbours.ts";
import type { Client, ClientAnswer, ClientRequest } from "../kit/client.ts";
import type { TestDepsOptions } from "../kit/testing.ts";

const request = {
  user_id: "usr-100",
  items: [{ sku: "sku-1", quantity: 2 }],
  amount: 39.98,
  currency: "GBP",
  payment_type: "digital_wallet",
};

interface Answers {
  user?: Partial<ClientAnswer> | Error;
  payment?: Partial<ClientAnswer> | Error;
}

function order(answers: Answers = {}, options: TestDepsOptions = {}) {
  const deps = testDeps({ targets: NEIGHBOURS, ...options });
  const asked: ClientRequest[] = [];
  const client = (answer: Partial<ClientAnswer> | Error): Client => {
    return async (sent) => {
      asked.push(sent);
      if (answer instanceof Error) throw answer;
      return { status: 200, body: {}, ...answer };
    };
  };
  const clients = {
    user: client(answers.user ?? {}),
    payment: client(answers.payment ?? { status: 201, body: { id: "pay-5" } }),
  };
  const app = createApp(deps, { clients });
  const create = async (body: unknown = request) =>
    postJson(app, "/api/orders", body, { "x-request-id": "req-1" });
  const metrics = async () => deps.registry.metrics();
  return { ...deps, app, asked, create, metrics };
}

describe("the order service", () => {
  it("has ord-001 from the start", async () => {
    const { app } = order();
    const response = await app.request("/api/orders/ord-001");
    expect(response.status).toBe(200);
    expect(await (await app.request("/api/orders")).json()).toEqual({
      orders: [await response.json()],
      total: 1,
      limit: 20,
      offset: 0,
    });
    expect((await app.request("/api/orders/ord-002")).status).toBe(404);
  });

  it("validates the user, takes the payment, and keeps the order", async () => {
    const { app, asked, create, metrics } = order();
    const response = await create();
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe("/api/orders/ord-002");
    const created: unknown = await response.json();
    expect(created).toMatchObject({ id: "ord-002", ...request, payment_id: "pay-5", status: "paid" });
    expect(await (await app.request("/api/orders/ord-002")).json()).toEqual(created);
    expect(asked).toMatchObject([
      { method: "GET", path: "/api/users/validate?user_id=usr-100", trace: { requestId: "req-1" } },
      {
        method: "POST",
        path: "/api/payments",
        body: { order_id: "ord-002", amount: 39.98, currency: "GBP", type: "digital_wallet" },
        trace: { requestId: "req-1" },
      },
    ]);
    const text = await metrics();
    expect(text).toContain("orders_created_total 1");
    expect(text).toContain("orders_in_progress 0");
    expect(text).toContain("order_processing_duration_seconds_count 1");
  });

  it("forgets the oldest of more than a thousand orders, but not ord-001", async () => {
    const { app, create } = order();
    for (let made = 0; made < 1001; made += 1) await create();
    expect((await app.request("/api/orders/ord-002")).status).toBe(404);
    expect((await app.request("/api/orders/ord-001")).status).toBe(200);
    expect(await (await app.request("/api/orders?limit=1")).json()).toMatchObject({
      orders: [{ id: "ord-1002" }],
      total: 1001,
    });
  });

  it("passes a neighbour's refusal on as its own", async () => {
    const status = async (answers: Answers) => (await order(answers).create()).status;
    expect(await status({ user: { status: 404 } })).toBe(422);
    expect(await status({ user: { status: 400 } })).toBe(422);
    expect(await status({ user: { status: 429 } })).toBe(429);
    expect(await status({ payment: { status: 402 } })).toBe(402);
    expect(await status({ payment: { status: 403 } })).toBe(403);
  });

  it("keeps no order that was refused, and does not ask for money from an unknown user", async () => {
    const { app, asked, create, metrics } = order({ user: { status: 404 } });
    const response = await create();
    expect(await response.json()).toMatchObject({ detail: "user_id: there is no such user" });
    expect(asked).toHaveLength(1);
    expect(await (await app.request("/api/orders")).json()).toMatchObject({ total: 1 });
    expect(await metrics()).toContain("orders_created_total 0");
  });

  it("answers 502 to an answer that it does not understand", async () => {
    const status = async (answers: Answers) => (await order(answers).create()).status;
    expect(await status({ user: { status: 418 } })).toBe(502);
    expect(await status({ payment: { status: 400 } })).toBe(502);
    expect(await status({ payment: { status: 201, body: { number: 5 } } })).toBe(502);
  });

  it("answers 503 for a dead neighbour, and keeps the breakers of the two apart", async () => {
    const { create, metrics } = order({ payment: new Error("connection refused") });
    for (let sent = 0; sent < 6; sent += 1) expect((await create()).status).toBe(503);
    const text = await metrics();
    expect(text).toContain('circuit_breaker_state{downstream="payment"} 2');
    expect(text).toContain('circuit_breaker_state{downstream="user"} 0');
    expect(text).toContain('downstream_requests_total{downstream="payment",status="rejected"} 1');
  });

  it("suffers from a dead user service as from its own fault", async () => {
    const { board, create, asked } = order();
    board.add({ fault: "dependency", variant: "dead", target: "user", lasts: 60_000 });
    expect((await create()).status).toBe(503);
    expect(asked).toEqual([]);
  });

  it("refuses what is not an order, and names the field", async () => {
    const { app, asked, create } = order();
    const response = await create({
      ...request,
      items: [{ sku: "a", quantity: 0 }],
      currency: "CHF",
      note: "x",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: "the body does not fit: items[0].quantity, currency, note",
    });
    expect((await create({ ...request, items: [] })).status).toBe(400);
    expect((await create("x".repeat(2000))).status).toBe(413);
    expect(asked).toEqual([]);
    expect(await (await app.request("/api/orders")).json()).toMatchObject({ total: 1 });
  });

  it("grows no series from 10,000 random methods and addresses", { timeout: 60_000 }, async () => {
    const { app, metrics } = order();
    const before = seriesOf(await metrics());
    await sendNonsense(app, ["/api/orders", "/api/orders/ord-001"], 10_000);
    expect(seriesOf(await metrics())).toEqual(before);
  });
});
