/**
 * The incidents of `npm run bench:page`, as data. A batch is a stack of its own, with an empty past; a round breaks
 * several services at a few seconds' distance. One incident of a service is one page, so of each service one SLO pages.
 */
import type { ServiceName } from "../../../services/topology.ts";
import type { Fault } from "../../faults/client.ts";

/** A page that has to come. */
export interface BenchIncident {
  readonly slo: string;
  readonly kind: "outage" | "errors" | "latency" | "dependency" | "cascade" | "slow burn";
  /** Which of the round's faults begins it. */
  readonly fault: number;
  /**
   * Only this fault reaches the SLO, because order does not call the others any more: they get their direct traffic
   * alone. @default all faults of the round are taken together
   */
  readonly apart?: boolean;
}

export interface BenchRound {
  readonly faults: readonly (Fault & { readonly service: ServiceName })[];
  readonly incidents: readonly BenchIncident[];
}

export interface BenchBatch {
  readonly name: string;
  readonly timeScale: number;
  /** Clean traffic before the first round, in seconds of the stack's clock. */
  readonly warmUpSeconds: number;
  readonly requestsPerSecond: number;
  readonly rounds: readonly BenchRound[];
}

const young = { timeScale: 1, warmUpSeconds: 150, requestsPerSecond: 60 } as const;

export const batches: readonly BenchBatch[] = [
  {
    ...young,
    name: "outages",
    rounds: [
      {
        faults: [
          { service: "order", fault: "outage", variant: "503" },
          { service: "payment", fault: "latency", variant: "+5s" },
          { service: "user", fault: "outage", variant: "503" },
        ],
        incidents: [
          { slo: "order-availability", kind: "outage", fault: 0, apart: true },
          { slo: "payment-latency", kind: "latency", fault: 1, apart: true },
          { slo: "user-availability", kind: "outage", fault: 2, apart: true },
        ],
      },
    ],
  },
  {
    ...young,
    name: "failures",
    rounds: [
      {
        faults: [
          { service: "order", fault: "errors", variant: "100%" },
          { service: "payment", fault: "errors", variant: "50%" },
          { service: "user", fault: "latency", variant: "+1s" },
        ],
        incidents: [
          { slo: "order-availability", kind: "errors", fault: 0, apart: true },
          { slo: "payment-availability", kind: "errors", fault: 1, apart: true },
          { slo: "user-latency", kind: "latency", fault: 2, apart: true },
        ],
      },
    ],
  },
  {
    ...young,
    name: "neighbours",
    rounds: [
      {
        faults: [
          { service: "order", fault: "dependency", variant: "dead", target: "user" },
          { service: "payment", fault: "latency", variant: "+1s" },
          { service: "user", fault: "errors", variant: "20%" },
        ],
        incidents: [
          { slo: "order-availability", kind: "dependency", fault: 0, apart: true },
          { slo: "payment-latency", kind: "latency", fault: 1, apart: true },
          { slo: "user-availability", kind: "errors", fault: 2, apart: true },
        ],
      },
    ],
  },
  {
    ...young,
    name: "bad-deploys",
    rounds: [
      {
        faults: [
          { service: "payment", fault: "errors", variant: "20%" },
          { service: "user", fault: "errors", variant: "5%" },
        ],
        incidents: [
          { slo: "payment-availability", kind: "errors", fault: 0 },
          { slo: "order-availability", kind: "cascade", fault: 0 },
          { slo: "user-availability", kind: "errors", fault: 1 },
        ],
      },
    ],
  },
  {
    ...young,
    name: "gateway",
    rounds: [
      {
        faults: [{ service: "payment", fault: "dependency", variant: "dead", target: "fraud-check" }],
        incidents: [
          { slo: "payment-availability", kind: "dependency", fault: 0 },
          { slo: "order-availability", kind: "cascade", fault: 0 },
        ],
      },
    ],
  },
  {
    ...young,
    name: "slow-calls",
    rounds: [
      {
        faults: [
          { service: "order", fault: "latency", variant: "+1s" },
          { service: "payment", fault: "dependency", variant: "slow", target: "fraud-check" },
          { service: "user", fault: "latency", variant: "+1s" },
        ],
        incidents: [
          { slo: "order-latency", kind: "latency", fault: 0 },
          { slo: "payment-latency", kind: "dependency", fault: 1 },
          { slo: "user-latency", kind: "latency", fault: 2 },
        ],
      },
    ],
  },
  {
    name: "slow-burns",
    // No faster: at 60 rules are due every second, and with three shapes of them a busy machine evaluates them late.
    timeScale: 30,
    // Six hours: the slow page's window is full.
    warmUpSeconds: 730,
    requestsPerSecond: 90,
    rounds: [
      {
        faults: [
          { service: "order", fault: "errors", variant: "5%" },
          { service: "user", fault: "errors", variant: "1%" },
        ],
        incidents: [
          // Not payment's: what few of its failures meet order's calls is chance, and a minute and a half of it strays by 15 %.
          { slo: "order-availability", kind: "errors", fault: 0 },
          { slo: "user-availability", kind: "slow burn", fault: 1 },
        ],
      },
      {
        faults: [
          { service: "order", fault: "latency", variant: "+300ms" },
          { service: "payment", fault: "errors", variant: "1%" },
        ],
        incidents: [
          { slo: "order-latency", kind: "slow burn", fault: 0 },
          { slo: "payment-availability", kind: "slow burn", fault: 1 },
        ],
      },
    ],
  },
];
