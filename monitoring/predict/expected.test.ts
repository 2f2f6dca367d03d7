import { describe, expect, it } from "vitest";
import { faultCatalogue } from "../../services/kit/fault-catalogue.ts";
import { seededRandom, weighted } from "../../services/kit/random.ts";
import { createSimulation } from "../../services/kit/simulation.ts";
import { createOrderModel } from "../../services/order/model.ts";
import { createPaymentModel, paymentTime } from "../../services/payment/model.ts";
import { services, type ServiceName } from "../../services/topology.ts";
import { createUserModel } from "../../services/user/model.ts";
import { expectedEffects, onTopOf } from "./expected.ts";

const shares = (...fault: Parameters<typeof expectedEffects>) =>
  expectedEffects(...fault).map(({ service, sli, badShare }) => [service, sli, Number(badShare.toFixed(4))]);

describe("what a fault is expected to do", () => {
  it("knows every switch of the catalogue, for every service", () => {
    for (const { name: service } of services) {
      for (const { name: fault, variants, targeted } of faultCatalogue) {
        for (const { name: variant } of variants) {
          const effects = expectedEffects(service, { fault, variant, ...(targeted ? { target: "x" } : {}) });
          expect(effects.length).toBeGreaterThan(0);
          for (const { badShare } of effects) expect(badShare > 0 && badShare <= 1).toBe(true);
        }
      }
    }
    expect(() => expectedEffects("order", { fault: "fire", variant: "big" })).toThrow(
      "the fault catalogue has no fire big",
    );
  });

  it("is the share itself for errors, and three tenths of it for order, which calls the others", () => {
    expect(shares("order", { fault: "errors", variant: "20%" })).toEqual([["order", "availability", 0.2]]);
    expect(shares("payment", { fault: "errors", variant: "20%" })).toEqual([
      ["payment", "availability", 0.2],
      ["order", "availability", 0.06],
    ]);
    expect(shares("user", { fault: "errors", variant: "100%" })).toEqual([
      ["user", "availability", 1],
      ["order", "availability", 0.3],
    ]);
  });

  it("turns every request slow at one second more, and creations into failures at five", () => {
    expect(shares("payment", { fault: "latency", variant: "+1s" })).toEqual([
      ["payment", "latency", 1],
      ["order", "latency", 0.3],
    ]);
    expect(shares("user", { fault: "latency", variant: "+5s" })).toEqual([
      ["user", "latency", 1],
      ["order", "availability", 0.3],
    ]);
  });

  it("takes callers' patience before a hanging service is bad", () => {
    const [hang] = expectedEffects("order", { fault: "outage", variant: "hang" });
    expect(hang).toMatchObject({ badShare: 1, delaySeconds: 10 });
  });

  it("stops at the breaker when a neighbour is dead", () => {
    expect(shares("order", { fault: "dependency", variant: "dead", target: "payment" })).toEqual([
      ["order", "availability", 0.3],
    ]);
    expect(shares("payment", { fault: "dependency", variant: "dead", target: "fraud-check" })).toEqual([
      ["payment", "availability", 0.5556],
      ["order", "availability", 0.3],
    ]);
  });

  it("comes on top of what goes wrong anyway", () => {
    expect(onTopOf(0.1, 0.5)).toBeCloseTo(0.55, 12);
    expect(onTopOf(0, 1)).toBe(1);
  });
});

describe("the share of requests that 300 ms more make slow", () => {
  const paymentTypes = [
    ["credit_card", 60],
    ["debit_card", 25],
    ["digital_wallet", 14],
    ["bank_transfer", 1],
  ] as const;
  /** What HTTP and timers add, in milliseconds. */
  const OVERHEAD = 2;

  /** Plays the mix through the models, as services/burn-rates.test.ts does, with one service slower. */
  function slowShares(slower: ServiceName): Record<ServiceName, number> {
    const simulation = createSimulation({ seed: 1 });
    const draw = seededRandom(1, "load");
    const models = {
      order: createOrderModel(simulation),
      payment: createPaymentModel(simulation),
      user: createUserModel(simulation),
    };
    const tally = { order: [0, 0], payment: [0, 0], user: [0, 0] } satisfies Record<
      ServiceName,
      [number, number]
    >;
    const answer = (service: ServiceName, work: number): number => {
      const time = OVERHEAD + work + (service === slower ? 300 : 0);
      tally[service][0] += time > 500 ? 1 : 0;
      tally[service][1] += 1;
      return time;
    };
    const { takes } = models.user;
    const validate = () => answer("user", takes.cacheRead());
    const pay = () => answer("payment", paymentTime(models.payment.pay(weighted(draw, paymentTypes))));
    for (let sent = 0; sent < 50_000; sent += 1) {
      if (draw() < 0.3) answer("order", Math.max(models.order.create().takes, validate() + pay()));
      else answer("order", models.order.read().takes);
      if (draw() < 5 / 9) pay();
      else answer("payment", models.payment.read().takes);
      const kind = draw();
      if (kind < 0.3) answer("user", takes.queryList());
      else answer("user", takes.cacheRead() + (kind < 0.6 ? takes.hashPassword() : 0));
    }
    const part = ([slow, all]: readonly [number, number]): number => slow / all;
    return { order: part(tally.order), payment: part(tally.payment), user: part(tally.user) };
  }

  it.each(services.map(({ name }) => name))("is that of the models when %s is slower", (name) => {
    const played = slowShares(name);
    const expected = expectedEffects(name, { fault: "latency", variant: "+300ms" });
    for (const { service, badShare } of expected)
      expect(Math.abs(played[service] - badShare)).toBeLessThan(0.01);
  });
});
