import { HttpProblem } from "../kit/errors.ts";
import { spend } from "../kit/latency.ts";
import { statuses } from "./behaviour.ts";
import type { Downstream } from "../kit/downstream.ts";
import type { CURRENCIES, PaymentType } from "../kit/money.ts";
import type { Simulation } from "../kit/simulation.ts";
import type { Store } from "../kit/store.ts";
import type { Refusal } from "./behaviour.ts";
import type { PaymentMetrics, TransactionStatus } from "./metrics.ts";
import type { PaymentModel, PaymentPlan } from "./model.ts";

export interface PaymentOrder {
  readonly order_id?: string | undefined;
  /** In units of the currency, with at most two decimals. */
  readonly amount: number;
  readonly currency: (typeof CURRENCIES)[number];
  readonly type: PaymentType;
}

export interface Payment extends PaymentOrder {
  readonly id: string;
  readonly status: "approved";
  readonly created_at: string;
}

export interface PayOptions {
  simulation: Simulation;
  model: PaymentModel;
  metrics: PaymentMetrics;
  /** Where approved payments are kept. */
  payments: Store<Payment>;
  fraudCheck: Downstream;
}

const details: Record<Refusal, string> = {
  declined: "the bank declined the payment",
  fraud_check_failed: "the fraud check refused the payment",
  gateway_error: "the payment gateway failed",
};

/**
 * Processes payments: fraud check, gateway, record. What is not approved is thrown as the HttpProblem that the profile
 * gives it, and is not kept; a fraud check that cannot be asked means that nothing is paid.
 */
export function createPay({ simulation, model, metrics, payments, fraudCheck }: PayOptions) {
  let count = 0;

  const settle = async (plan: PaymentPlan): Promise<void> => {
    const refused = await fraudCheck.call(async () => {
      await spend(plan.fraudCheck);
      return plan.outcome === "fraud_check_failed";
    });
    if (refused) throw new PaymentRefused("fraud_check_failed", simulation);
    await spend(plan.processing);
    if (plan.outcome !== "approved") throw new PaymentRefused(plan.outcome, simulation);
  };

  return async function pay(order: PaymentOrder): Promise<Payment> {
    const done = metrics.processing.startTimer();
    let status: TransactionStatus = "unavailable";
    metrics.inFlight.inc();
    try {
      await settle(model.pay(order.type));
      status = "approved";
    } catch (error) {
      if (error instanceof PaymentRefused) status = error.outcome;
      throw error;
    } finally {
      done();
      metrics.inFlight.dec();
      metrics.transactions.inc({ status, type: order.type });
    }
    metrics.amount.inc({ currency: order.currency }, order.amount);
    count += 1;
    const payment: Payment = { id: `pay-${count}`, ...order, status, created_at: new Date().toISOString() };
    payments.add(payment);
    return payment;
  };
}

class PaymentRefused extends HttpProblem {
  override readonly name = "PaymentRefused";
  readonly outcome: Refusal;

  constructor(outcome: Refusal, { profile }: Simulation) {
    super(statuses[profile][outcome], outcome.replaceAll("_", "-"), details[outcome]);
    this.outcome = outcome;
  }
}
