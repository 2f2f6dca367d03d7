import type { LatencyModel } from "../kit/latency.ts";
import type { PaymentType } from "../kit/money.ts";
import type { Profile } from "../kit/simulation.ts";

/** Share of the payments whose gateway is 3 to 10 times slower than usual: nearly all of these miss 500 ms. */
const GATEWAY_TAIL = 0.016;

/**
 * How long each type of payment takes, in milliseconds (reference 2.2). Its "jitter" is read as two standard
 * deviations, that is, as where 95 of 100 payments lie.
 */
export const processing: Record<PaymentType, LatencyModel> = {
  credit_card: { mean: 150, sigma: 25, tail: GATEWAY_TAIL },
  debit_card: { mean: 180, sigma: 30, tail: GATEWAY_TAIL },
  /** Half of them miss 500 ms: one payment in a hundred is as many as a 99 % objective bears. */
  bank_transfer: { mean: 500, sigma: 100, tail: GATEWAY_TAIL },
  digital_wallet: { mean: 100, sigma: 15, tail: GATEWAY_TAIL },
};

export const fraudCheck: LatencyModel = { mean: 12, sigma: 3, tail: 0.001 };
export const reading: LatencyModel = { mean: 30, sigma: 8, tail: 0.01 };

/**
 * What goes wrong, in both profiles. Under the usual load two requests in three are payments, so 7.4 % of payments and
 * 0.13 % of all requests make the reference's 5 % of requests that do not succeed.
 */
export const shares = {
  /** Of the payments: the bank says no. */
  declined: 0.044,
  /** Of the payments: the fraud check says no. */
  fraudulent: 0.03,
  /** Of all requests: 1.3 times what a 99.9 % objective allows: a ticket, and never a page. */
  failed: 0.0013,
} as const;

export type Refusal = "declined" | "fraud_check_failed" | "gateway_error";

/** What each outcome that is not an approval means in HTTP. `reference` makes a 5xx of all, as the reference has it. */
export const statuses: Record<Profile, Record<Refusal, number>> = {
  default: { declined: 402, fraud_check_failed: 403, gateway_error: 502 },
  reference: { declined: 500, fraud_check_failed: 500, gateway_error: 502 },
};
