import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { DURATION_BUCKETS } from "../kit/metrics.ts";
import { CURRENCIES, PAYMENT_TYPES } from "../kit/money.ts";

/** `unavailable`: the fraud check could not be asked, so nothing was paid. */
const TRANSACTION_STATUSES = [
  "approved",
  "declined",
  "fraud_check_failed",
  "gateway_error",
  "unavailable",
] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

export type PaymentMetrics = ReturnType<typeof paymentMetrics>;

/** The payment service's own metrics (reference 2.2), every series at 0 from the start. */
export function paymentMetrics(registry: Registry) {
  const registers = [registry];
  const transactions = new Counter({
    name: "payment_transactions_total",
    help: "Payments by type and by how they ended.",
    labelNames: ["status", "type"],
    registers,
  });
  const amount = new Counter({
    name: "payment_amount_total",
    help: "Money of the approved payments, in units of the currency.",
    labelNames: ["currency"],
    registers,
  });
  const processing = new Histogram({
    name: "payment_processing_duration_seconds",
    help: "Time of a payment, fraud check included.",
    buckets: DURATION_BUCKETS,
    registers,
  });
  const inFlight = new Gauge({
    name: "payments_in_flight",
    help: "Payments that are being processed.",
    registers,
  });
  for (const type of PAYMENT_TYPES) {
    for (const status of TRANSACTION_STATUSES) transactions.inc({ status, type }, 0);
  }
  for (const currency of CURRENCIES) amount.inc({ currency }, 0);
  return { transactions, amount, processing, inFlight };
}
