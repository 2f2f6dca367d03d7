import { fraudCheck, processing, reading, shares } from "./behaviour.ts";
import type { PaymentType } from "../kit/money.ts";
import type { Simulation } from "../kit/simulation.ts";
import type { Refusal } from "./behaviour.ts";

/** What is going to happen to one payment. Times in milliseconds. */
export interface PaymentPlan {
  readonly fraudCheck: number;
  /** Not spent when the fraud check says no. */
  readonly processing: number;
  readonly outcome: Refusal | "approved";
}

interface ReadPlan {
  readonly takes: number;
  readonly fails: boolean;
}

/** Draws what happens to each request, without waiting: the service acts it out, the budget test adds it up. */
export interface PaymentModel {
  pay(type: PaymentType): PaymentPlan;
  read(): ReadPlan;
}

/** Creates the model from the numbers in `behaviour.ts`. */
export function createPaymentModel(simulation: Simulation): PaymentModel {
  const takeFraudCheck = simulation.latency("payment fraud check", fraudCheck);
  const takeReading = simulation.latency("payment read", reading);
  const takeProcessing = {
    credit_card: simulation.latency("payment credit_card", processing.credit_card),
    debit_card: simulation.latency("payment debit_card", processing.debit_card),
    bank_transfer: simulation.latency("payment bank_transfer", processing.bank_transfer),
    digital_wallet: simulation.latency("payment digital_wallet", processing.digital_wallet),
  };
  const fails = simulation.share("payment failed", shares.failed);
  const drawOutcome = simulation.outcome<Exclude<Refusal, "gateway_error"> | "approved">("payment outcome", [
    ["approved", 1 - shares.declined - shares.fraudulent],
    ["declined", shares.declined],
    ["fraud_check_failed", shares.fraudulent],
  ]);
  return {
    pay: (type) => ({
      fraudCheck: takeFraudCheck(),
      processing: takeProcessing[type](),
      outcome: fails() ? "gateway_error" : drawOutcome(),
    }),
    read: () => ({ takes: takeReading(), fails: fails() }),
  };
}

/** Milliseconds that a payment takes from its arrival to its answer. */
export function paymentTime({ fraudCheck, processing, outcome }: PaymentPlan): number {
  return outcome === "fraud_check_failed" ? fraudCheck : fraudCheck + processing;
}
