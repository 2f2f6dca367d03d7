/** The order service of the past: its own failures, and what its neighbours do to it. */
import type { Random } from "../../../services/kit/random.ts";
import { failures } from "../../../services/order/behaviour.ts";
import type { Conditions } from "./conditions.ts";
import type { Counters, Labels } from "./counters.ts";
import { breaker, downstream } from "./downstream.ts";
import { spacedShare } from "./draw.ts";
import { httpRoute } from "./http.ts";
import type { Latencies } from "./latencies.ts";
import type { createPayment, Payments } from "./payment.ts";
import type { createUser } from "./user.ts";

/** An open breaker lets one call through this often, in seconds; services/kit/breaker.ts. */
const PROBE_EVERY = 30;

interface Neighbours {
  readonly payment: ReturnType<typeof createPayment>;
  readonly user: ReturnType<typeof createUser>;
}

export function createOrder(counters: Counters, target: Labels, random: Random, neighbours: Neighbours) {
  const list = httpRoute(counters, target, "order.list", [200, 500]);
  const get = httpRoute(counters, target, "order.get", [200, 500]);
  const create = httpRoute(counters, target, "order.create", [201, 402, 403, 409, 429, 500, 502, 503, 504]);
  const user = downstream(counters, target, "user");
  const payment = downstream(counters, target, "payment");
  const created = counters.add("orders_created_total", target, "business");
  const inProgress = counters.add("orders_in_progress", target, "business");
  const rates = failures.default;
  const [fails, listFails, getFails] = [spacedShare(random), spacedShare(random), spacedShare(random)];
  const [conflicts, gaveUp] = [spacedShare(random), spacedShare(random)];

  /** What became of the orders that asked the payment service, and how many payments it took. */
  function charge(count: number, conditions: Conditions, latencies: Latencies, seconds: number) {
    if (conditions.paymentDown) {
      const tried = Math.min(count, Math.ceil(seconds / PROBE_EVERY));
      payment.called({ error: tried, rejected: count - tried });
      return { answers: { 502: tried, 503: count - tried }, refused: tried, paid: undefined };
    }
    const paid = neighbours.payment.judge(count, conditions);
    const late = Math.min(paid.approved, gaveUp(count, latencies.paymentTimeouts));
    payment.called({ success: count - paid.failed - late, error: paid.failed, timeout: late });
    const answers = {
      201: paid.approved - late,
      402: paid.declined,
      403: paid.fraudulent,
      502: paid.failed,
      504: late,
    };
    return { answers, refused: 0, paid };
  }

  return {
    read(lists: number, gets: number, latencies: Latencies): void {
      const [badLists, badGets] = [listFails(lists, rates.failed), getFails(gets, rates.failed)];
      list({ 200: lists - badLists, 500: badLists }, latencies.routes["order.list"]);
      get({ 200: gets - badGets, 500: badGets }, latencies.routes["order.get"]);
    },
    /** @returns the payments that were made, and how many were refused because the payment service was down. */
    created(
      count: number,
      conditions: Conditions,
      latencies: Latencies,
      seconds: number,
    ): { readonly paid: Payments | undefined; readonly refused: number } {
      const failed = fails(count, rates.failed);
      const validated = neighbours.user.validated(count - failed, latencies);
      user.called({ success: count - failed - validated.failed, error: validated.failed });
      const conflicting = conflicts(validated.valid, rates.conflict);
      const { answers, refused, paid } = charge(
        validated.valid - conflicting,
        conditions,
        latencies,
        seconds,
      );
      payment.breakerIs(conditions.paymentDown ? breaker.open : breaker.closed);
      const all: Record<number, number> = {
        ...answers,
        409: conflicting,
        429: validated.refused,
        500: failed,
      };
      all[502] = (all[502] ?? 0) + validated.failed;
      // Without the payment there is little to wait for.
      const time = latencies.routes[conditions.paymentDown ? "user.validate" : "order.create"];
      create(all, time);
      counters.increase(created, all[201] ?? 0);
      counters.set(inProgress, Math.round((count / seconds) * time.meanSeconds));
      return { paid, refused };
    },
  };
}
