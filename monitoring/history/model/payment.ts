/** The payment service of the past: outcomes by the shares of `services/payment/behaviour.ts`. */
import { amounts, currencies, paymentTypes } from "../../../loadgen/scenarios.ts";
import type { Random } from "../../../services/kit/random.ts";
import { shares, statuses } from "../../../services/payment/behaviour.ts";
import type { Conditions } from "./conditions.ts";
import type { Counters, Labels } from "./counters.ts";
import { downstream } from "./downstream.ts";
import { spacedShare } from "./draw.ts";
import { httpRoute } from "./http.ts";
import { atOnce } from "./latencies.ts";
import type { Latencies } from "./latencies.ts";

/** How payments ended. */
export interface Payments {
  readonly approved: number;
  readonly declined: number;
  readonly fraudulent: number;
  readonly failed: number;
}

const { declined, fraud_check_failed: refused, gateway_error: failed } = statuses.default;
const UNAVAILABLE = 503;
const DATABASE_FAILED = 500;

export function createPayment(counters: Counters, target: Labels, random: Random) {
  const pay = httpRoute(counters, target, "payment.pay", [201, declined, refused, failed, UNAVAILABLE]);
  const list = httpRoute(counters, target, "payment.list", [200, DATABASE_FAILED, UNAVAILABLE]);
  const fraudCheck = downstream(counters, target, "fraud-check");
  const transactions = ["approved", "declined", "fraud_check_failed", "gateway_error"].map((status) =>
    paymentTypes.map(([type, weight]) => {
      const labels = { ...target, status, type };
      return [counters.add("payment_transactions_total", labels, "business"), weight] as const;
    }),
  );
  const amount = currencies.map(([currency, weight]) => {
    return [counters.add("payment_amount_total", { ...target, currency }, "business"), weight] as const;
  });
  const inFlight = counters.add("payments_in_flight", target, "business");
  const weights = paymentTypes.reduce((sum, [, weight]) => sum + weight, 0);
  const money = currencies.reduce((sum, [, weight]) => sum + weight, 0);
  const meanAmount = (amounts.least + amounts.most) / 2;
  const listFails = spacedShare(random);
  const listBreaks = spacedShare(random);
  const [fails, declines, refuses] = [spacedShare(random), spacedShare(random), spacedShare(random)];

  /** Draws how payments end, without counting them. */
  function judge(count: number, { paymentFailures }: Conditions): Payments {
    const failed = fails(count, shares.failed * paymentFailures);
    const asked = count - failed;
    const fraudulent = refuses(asked, shares.fraudulent);
    const declined = declines(asked - fraudulent, shares.declined / (1 - shares.fraudulent));
    return { approved: asked - fraudulent - declined, declined, fraudulent, failed };
  }

  return {
    judge,
    /** Counts payments that `judge` drew, and how many were in flight. */
    paid(payments: Payments, latencies: Latencies, seconds: number): void {
      const { approved, declined: no, fraudulent, failed: broken } = payments;
      const time = latencies.routes["payment.pay"];
      pay({ 201: approved, [declined]: no, [refused]: fraudulent, [failed]: broken }, time);
      const total = approved + no + fraudulent + broken;
      fraudCheck.called({ success: total });
      for (const [index, ended] of [approved, no, fraudulent, broken].entries()) {
        for (const [series, weight] of transactions[index] ?? []) {
          counters.increase(series, (ended * weight) / weights);
        }
      }
      for (const [series, weight] of amount)
        counters.increase(series, (approved * meanAmount * weight) / money);
      counters.set(inFlight, Math.round((total / seconds) * time.meanSeconds));
    },
    listed(count: number, { paymentFailures, paymentListErrors }: Conditions, latencies: Latencies): void {
      const usual = listFails(count, shares.failed * paymentFailures);
      const bad = usual + listBreaks(count - usual, paymentListErrors);
      list({ 200: count - bad, [DATABASE_FAILED]: bad }, latencies.routes["payment.list"]);
    },
    /** Nobody is served. */
    refused(payments: number, lists: number): void {
      pay({ [UNAVAILABLE]: payments }, atOnce);
      list({ [UNAVAILABLE]: lists }, atOnce);
    },
  };
}
