/**
 * THE place of what went wrong in the past. Change a time, a length or a share here; the counters, the recorded series,
 * the alerts and `incidents.json` follow.
 */
import { DAY, HOUR, MINUTE } from "../compiler/duration.ts";
import type { PastIncident } from "./incidents.ts";

/** What an incident does while it lasts. Shares are from 0 to 1. */
export type Effect =
  /** The payment service answers 503 to everything; the order service's breaker opens. */
  | { readonly kind: "payment-down" }
  /** A share of the payment service's lists answers 500. */
  | { readonly kind: "payment-list-errors"; readonly share: number }
  /** A share of the order service's database queries takes longer. */
  | { readonly kind: "order-database-slow"; readonly share: number; readonly milliseconds: number }
  /**
   * The payment service's own failures rise, from `calm` times what `services/payment/behaviour.ts` says to just that,
   * within `riseSeconds`, and stay.
   */
  | { readonly kind: "payment-failures-rise"; readonly calm: number; readonly riseSeconds: number };

/** What the truth says about one service that an incident touched. */
type Mark = Pick<PastIncident, "name" | "service" | "kind" | "description"> & { readonly sli: string };

export interface Happening {
  /** Whole days before the end of the past. */
  readonly daysAgo: number;
  /** Time of day, local, `hh:mm`. */
  readonly at: string;
  /** Seconds; Infinity: nobody has mended it yet. */
  readonly seconds: number;
  readonly effect: Effect;
  /** The service itself first, then the neighbours that suffered with it. */
  readonly marks: readonly Mark[];
}

export const happenings: readonly Happening[] = [
  {
    daysAgo: 23,
    at: "03:10",
    seconds: 70 * MINUTE,
    effect: { kind: "order-database-slow", share: 0.5, milliseconds: 1000 },
    marks: [
      {
        name: "slow-database",
        service: "order",
        kind: "latency",
        sli: "latency",
        description: "A backup locked the order database: half of its queries took a second more.",
      },
    ],
  },
  {
    daysAgo: 16,
    at: "14:20",
    seconds: HOUR + 55 * MINUTE,
    effect: { kind: "payment-list-errors", share: 0.45 },
    marks: [
      {
        name: "bad-deploy",
        service: "payment",
        kind: "errors",
        sli: "availability",
        description: "A release broke the list of payments: nearly half of its answers were a 500.",
      },
    ],
  },
  {
    daysAgo: 9,
    at: "08:00",
    seconds: Infinity,
    effect: { kind: "payment-failures-rise", calm: 0.4, riseSeconds: DAY },
    marks: [
      {
        name: "flaky-gateway",
        service: "payment",
        kind: "dependency",
        sli: "availability",
        description: "The payment gateway's failures crept up over a day, and nobody has mended them yet.",
      },
      {
        name: "flaky-gateway-at-order",
        service: "order",
        kind: "dependency",
        sli: "availability",
        description: "Orders that the flaky payment gateway failed.",
      },
    ],
  },
  {
    daysAgo: 4,
    at: "11:40",
    seconds: 5 * MINUTE,
    effect: { kind: "payment-down" },
    marks: [
      {
        name: "payment-outage",
        service: "payment",
        kind: "outage",
        sli: "availability",
        description: "The payment service was there and served nobody.",
      },
      {
        name: "payment-outage-at-order",
        service: "order",
        kind: "dependency",
        sli: "availability",
        description: "Orders while the payment service was down: the breaker opened, and none could be paid.",
      },
    ],
  },
];
