import { describe, expect, it } from "vitest";
import { scenarioShares } from "./choose.ts";
import { rateCurve } from "./rate.ts";
import { scenarios } from "./scenarios.ts";
import { schedule } from "./schedule.ts";
import { defaultBursts, defaultDay } from "./traffic.ts";
import type { Start } from "./schedule.ts";

const FROM = Date.parse("2026-11-20T12:00:00Z");
const model = { day: defaultDay, bursts: defaultBursts };

function take(count: number, seed: number, table = scenarios): Start[] {
  const rateAt = rateCurve({ rps: 50, model, seed, utcOffsetSeconds: () => 0 });
  const starts = schedule({ seed, rateAt, from: FROM, scenarios: table });
  return Array.from({ length: count }, () => starts.next().value);
}

const bare = (start: Start) => ({
  at: start.at,
  path: start.scenario.path,
  method: start.scenario.method,
  request: start.request,
});

/** How many of the starts fall on each key. */
function countBy(starts: readonly Start[], key: (start: Start) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const start of starts) counts[key(start)] = (counts[key(start)] ?? 0) + 1;
  return counts;
}

describe("the schedule", () => {
  it("is the same for the same seed: times, choices and bodies", () => {
    expect(take(2000, 7).map(bare)).toEqual(take(2000, 7).map(bare));
  });

  it("is another for another seed", () => {
    expect(take(50, 7).map(bare)).not.toEqual(take(50, 8).map(bare));
  });

  it("keeps its times when the scenario table changes", () => {
    const times = (starts: readonly Start[]) => starts.map(({ at }) => at);
    expect(times(take(500, 7, scenarios.slice(0, 2)))).toEqual(times(take(500, 7)));
  });

  it("gives every service a third", () => {
    const counts = countBy(take(30_000, 1), ({ scenario }) => scenario.service);
    expect(Object.keys(counts).toSorted()).toEqual(["order", "payment", "user"]);
    for (const count of Object.values(counts)) expect(Math.abs(count / 10_000 - 1)).toBeLessThan(0.05);
  });

  it("shares a service's third out by weight, as reference 2.4 has it", () => {
    const starts = take(30_000, 2);
    const order = starts.filter(({ scenario }) => scenario.service === "order");
    const counts = countBy(order, ({ scenario }) => `${scenario.method} ${scenario.path}`);
    expect((counts["GET /api/orders"] ?? 0) / order.length).toBeCloseTo(0.5, 1);
    expect((counts["POST /api/orders"] ?? 0) / order.length).toBeCloseTo(0.3, 1);
    expect((counts["GET /api/orders/{orderID}"] ?? 0) / order.length).toBeCloseTo(0.2, 1);
  });

  it("pays by bank transfer once in a hundred, so that payment can keep its latency objective", () => {
    const payments = take(60_000, 3).filter(({ scenario }) => scenario.path === "/api/payments");
    const types = countBy(payments, ({ request }) =>
      request.body !== undefined && "type" in request.body ? String(request.body.type) : "none",
    );
    const paid = payments.length - (types["none"] ?? 0);
    expect((types["bank_transfer"] ?? 0) / paid).toBeCloseTo(0.01, 2);
    expect((types["credit_card"] ?? 0) / paid).toBeCloseTo(0.6, 1);
    expect((types["debit_card"] ?? 0) / paid).toBeCloseTo(0.25, 1);
    expect((types["digital_wallet"] ?? 0) / paid).toBeCloseTo(0.14, 1);
  });

  it("asks for the fifty users that exist, and for each of them", () => {
    const asked = take(30_000, 4)
      .filter(({ scenario }) => scenario.path === "/api/users/{userID}")
      .map(({ request }) => request.path);
    const all = Array.from({ length: 50 }, (_, index) => `/api/users/usr-${100 + index}`);
    expect([...new Set(asked)].toSorted()).toEqual(all);
  });
});

describe("scenario shares", () => {
  it("add up to 1, with equal shares for services of unequal total weight", () => {
    const shares = scenarioShares(scenarios);
    const shareOf = (name: string) =>
      shares.reduce((sum, [{ service }, share]) => sum + (service === name ? share : 0), 0);
    expect([shareOf("order"), shareOf("payment"), shareOf("user")].map((share) => share.toFixed(12))).toEqual(
      Array.from({ length: 3 }, () => (1 / 3).toFixed(12)),
    );
  });
});
