import { describe, expect, it } from "vitest";
import { createSimulation } from "../kit/simulation.ts";
import { createPaymentModel, paymentTime } from "./model.ts";
import type { PaymentType } from "../kit/money.ts";
import type { PaymentPlan } from "./model.ts";

const model = createPaymentModel(createSimulation({ seed: 1 }));
const plans = (type: PaymentType): PaymentPlan[] => Array.from({ length: 20_000 }, () => model.pay(type));
const share = (all: readonly PaymentPlan[], outcome: string): number =>
  all.filter((plan) => plan.outcome === outcome).length / all.length;

/** The middle value, which the tail does not move. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe("the payment model", () => {
  it("gives each type the reference's latency", () => {
    const typical = (type: PaymentType): number => median(plans(type).map(({ processing }) => processing));
    expect(Math.abs(typical("credit_card") - 150)).toBeLessThan(2);
    expect(Math.abs(typical("debit_card") - 180)).toBeLessThan(2);
    expect(Math.abs(typical("bank_transfer") - 500)).toBeLessThan(6);
    expect(Math.abs(typical("digital_wallet") - 100)).toBeLessThan(2);
  });

  it("declines most of those that it does not approve, and fails few", () => {
    const all = plans("credit_card");
    expect(share(all, "declined")).toBeCloseTo(0.044, 2);
    expect(share(all, "fraud_check_failed")).toBeCloseTo(0.03, 2);
    expect(share(all, "gateway_error")).toBeCloseTo(0.0013, 3);
    expect(share(all, "declined")).toBeGreaterThan(share(all, "fraud_check_failed"));
  });

  it("spends no time at the gateway on what the fraud check refused", () => {
    expect(paymentTime({ fraudCheck: 12, processing: 150, outcome: "fraud_check_failed" })).toBe(12);
    expect(paymentTime({ fraudCheck: 12, processing: 150, outcome: "declined" })).toBe(162);
  });
});
