/** What is wrong with the platform at a moment of its past. */
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import { happenings } from "../what-happened.ts";
import type { Happening } from "../what-happened.ts";

/** A happening with its place in time. Seconds since 1970, in the platform's time. */
export interface Incident extends Pick<Happening, "effect" | "marks"> {
  readonly start: number;
  readonly end: number;
}

/** Shares are from 0 to 1. */
export interface Conditions {
  readonly paymentDown: boolean;
  /** Of the payment lists that fail, besides the usual. */
  readonly paymentListErrors: number;
  /** What the payment service's usual failures are multiplied by. */
  readonly paymentFailures: number;
  readonly orderDatabaseSlow: boolean;
}

/**
 * Places the happenings before the end of the past, on its grid of minutes.
 *
 * @param to the end of the past, in seconds since 1970.
 * @param utcOffset how far the local clock is ahead of UTC, in seconds.
 */
export function incidentsBefore(to: number, utcOffset: number): Incident[] {
  const midnight = Math.floor((to + utcOffset) / DAY) * DAY - utcOffset;
  return happenings.map(({ at, daysAgo, seconds, effect, marks }) => {
    const [hours = 0, minutes = 0] = at.split(":").map(Number);
    const wanted = midnight - daysAgo * DAY + hours * HOUR + minutes * MINUTE;
    const start = to - Math.round((to - wanted) / MINUTE) * MINUTE;
    return { effect, marks, start, end: Math.min(to, start + seconds) };
  });
}

/** What holds in a step of the model that ends at a moment; an incident begins after its start. */
export function conditionsAt(incidents: readonly Incident[], seconds: number): Conditions {
  const conditions = {
    paymentDown: false,
    paymentListErrors: 0,
    paymentFailures: 1,
    orderDatabaseSlow: false,
  };
  for (const incident of incidents) {
    const { effect, start, end } = incident;
    conditions.paymentFailures *= failuresFactor(incident, seconds);
    if (seconds <= start || seconds > end) continue;
    if (effect.kind === "payment-down") conditions.paymentDown = true;
    if (effect.kind === "payment-list-errors") conditions.paymentListErrors = effect.share;
    if (effect.kind === "order-database-slow") conditions.orderDatabaseSlow = true;
  }
  return conditions;
}

/** Calm before, rising for a while, and 1 from then on. */
function failuresFactor({ effect, start }: Incident, seconds: number): number {
  if (effect.kind !== "payment-failures-rise") return 1;
  const risen = Math.min(1, Math.max(0, (seconds - start) / effect.riseSeconds));
  return effect.calm + (1 - effect.calm) * risen;
}
