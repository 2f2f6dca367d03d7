import { z } from "zod";

/** The currencies that the services agree on: a closed list, because the currency is a metric's label. */
export const CURRENCIES = ["USD", "EUR", "GBP"] as const;

/** The ways to pay that the services agree on: a metric's label, too. */
export const PAYMENT_TYPES = ["credit_card", "debit_card", "bank_transfer", "digital_wallet"] as const;
export type PaymentType = (typeof PAYMENT_TYPES)[number];

/** An amount in units of its currency, with at most two decimals. */
export const amountSchema = z
  .number()
  .positive()
  .max(1_000_000)
  .multipleOf(0.01, "want at most two decimals");
