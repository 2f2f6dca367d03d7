/**
 * What a fault does to the SLIs, as data: which share of which service's events turns bad. Change a fault in
 * services/kit/fault-catalogue.ts and the rule of its kind below follows; a test plays the services' own models against
 * the numbers that cannot be read off.
 */
import { scenarioShares } from "../../loadgen/choose.ts";
import { scenarios } from "../../loadgen/scenarios.ts";
import { faultCatalogue, type FaultEffect } from "../../services/kit/fault-catalogue.ts";
import { services, type ServiceName } from "../../services/topology.ts";
import type { Fault } from "../faults/client.ts";

/** What a fault does to one SLI. */
export interface ExpectedEffect {
  readonly service: ServiceName;
  readonly sli: "availability" | "latency";
  /** Share of the SLI's events that are bad because of the fault, 0 to 1. */
  readonly badShare: number;
  /** What the service's rate of events is multiplied by: behind an open breaker no calls arrive. */
  readonly eventsFactor: number;
  /** Seconds until the first bad answer is complete. */
  readonly delaySeconds: number;
  /** Why, in a sentence. */
  readonly reason: string;
}

const share = (service: ServiceName, method: string): number =>
  scenarioShares(scenarios)
    .filter(([scenario]) => scenario.service === service && scenario.method === method)
    .reduce((sum, [, part]) => sum + part * services.length, 0);

/** Three orders in ten are creations, which call user and then payment. */
const creations = share("order", "POST");
/** Five of nine direct requests to payment are payments. */
const directPayments = share("payment", "POST");
/** Every service gets as much from the load generator; user and payment get the creations' calls on top. */
const direct = 1 / (1 + creations);
/** Share of user's and payment's events that are calls of order, while order is well. */
export const callsFromOrder = 1 - direct;
/** Of everything that payment sees, payments: its own, and one for each creation. */
const allPayments = (directPayments + creations) / (1 + creations);

/** Seconds after which callers give up: the load generator, and a service that calls another. */
const patience = { loadgen: 10, service: 3 } as const;

/**
 * Share of requests over 500 ms when each takes 300 ms more: those that took over 200 ms. Not to be read off; see the
 * test. `order` is what the callers' creations see of it.
 */
const slowBy300: Readonly<Record<ServiceName, { readonly own: number; readonly order: number }>> = {
  order: { own: 0.19, order: 0.19 },
  payment: { own: 0.11, order: 0.062 },
  user: { own: 0.001, order: 0.06 },
};

type Part = Pick<ExpectedEffect, "sli" | "badShare" | "reason"> &
  Partial<Pick<ExpectedEffect, "service" | "eventsFactor" | "delaySeconds">>;
type Place = { readonly self: ServiceName; readonly called: boolean; readonly target: string | undefined };

/** A service that order calls gets only its direct traffic once order's breaker is open. */
const alone = ({ called }: Place): number => (called ? direct : 1);

/** The table: what each kind of fault does to the service itself, and to order, which calls the others. */
const rules: {
  readonly [K in FaultEffect["kind"]]: (
    effect: Extract<FaultEffect, { kind: K }>,
    place: Place,
  ) => readonly Part[];
} = {
  errors: ({ share }, place) => [
    {
      sli: "availability",
      badShare: share,
      // A breaker opens above half, and in ten seconds half of thirty calls often is more than half.
      eventsFactor: share >= 0.5 ? alone(place) : 1,
      reason: `${percent(share)} of the requests answer 500, at once`,
    },
    ...callers(place, {
      sli: "availability",
      badShare: creations * (share >= 0.5 ? 1 : share),
      reason:
        share >= 0.5
          ? "order's breaker opens, and every creation answers 5xx"
          : `${percent(share)} of the creations answer 502`,
    }),
  ],
  latency: ({ milliseconds }, place) => latency(milliseconds, place),
  outage: ({ answer }, place) => {
    const hangs = answer === "hang";
    const self = { badShare: 1, eventsFactor: alone(place), delaySeconds: hangs ? waits(place) : 0 };
    return [
      {
        sli: "availability",
        ...self,
        reason: hangs ? "callers give up, and it counts as 503" : "every request answers 503",
      },
      ...(hangs
        ? [{ sli: "latency", ...self, reason: "no answer comes before its caller gives up" } as const]
        : []),
      ...callers(place, {
        sli: "availability",
        badShare: creations,
        delaySeconds: hangs ? patience.service : 0,
        reason: "every creation answers 5xx, soon because order's breaker is open",
      }),
    ];
  },
  dependency: ({ call }, { self, target }) => {
    const dead = call === "dead";
    const sli = dead ? "availability" : "latency";
    const onOrder = {
      service: "order",
      sli,
      badShare: creations,
      reason: dead ? "every creation answers 503" : "every creation waits a second more",
    } as const;
    if (self !== "payment") return [onOrder];
    const own = dead
      ? {
          badShare: directPayments,
          eventsFactor: direct,
          reason: `no payment without ${target}; order's breaker is open`,
        }
      : { badShare: allPayments, reason: `every payment waits a second more for ${target}` };
    return [{ sli, ...own }, onOrder];
  },
};

/**
 * Says what a fault does to the SLIs of the lab, under the load generator's usual mix.
 *
 * @param service whose fault it is.
 * @returns what it does to the service itself and to those that call it; never a share of 0.
 * @throws RangeError when the catalogue has no such fault or variant.
 */
export function expectedEffects(service: ServiceName, { fault, variant, target }: Fault): ExpectedEffect[] {
  const kind = faultCatalogue.find(({ name }) => name === fault);
  const found = kind?.variants.find(({ name }) => name === variant);
  if (found === undefined) throw new RangeError(`the fault catalogue has no ${fault} ${variant}`);
  const called = services.some(({ dependsOn }) => dependsOn.includes(service));
  const rule = rules[found.effect.kind] as (effect: FaultEffect, place: Place) => readonly Part[];
  const parts = rule(found.effect, { self: service, called, target });
  return parts.map((part) => Object.assign({ service, eventsFactor: 1, delaySeconds: 0 }, part));
}

/** The share of bad events when a fault comes on top of what goes wrong anyway, independently. */
export function onTopOf(usualShare: number, badShare: number): number {
  return 1 - (1 - usualShare) * (1 - badShare);
}

function latency(milliseconds: number, place: Place): readonly Part[] {
  const { self } = place;
  const extra = milliseconds / 1000;
  if (milliseconds <= 300) {
    const { own, order } = slowBy300[self];
    const reason = "only what took over 200 ms before misses 500 ms now";
    return [
      { sli: "latency", badShare: own, reason },
      ...callers(place, { sli: "latency", badShare: order, reason }),
    ];
  }
  const self_ = {
    sli: "latency",
    badShare: 1,
    delaySeconds: extra,
    reason: "every request misses 500 ms",
  } as const;
  if (extra < patience.service) {
    const reason = "every creation waits for it";
    return [self_, ...callers(place, { sli: "latency", badShare: creations, delaySeconds: extra, reason })];
  }
  return [
    { ...self_, eventsFactor: alone(place) },
    ...callers(place, {
      sli: "availability",
      badShare: creations,
      delaySeconds: patience.service,
      reason: "creations answer 504 after 3 s, then 503 at once because order's breaker is open",
    }),
  ];
}

/** What order suffers when a service that it calls does. */
function callers({ called }: Place, part: Part): Part[] {
  return called ? [{ service: "order", ...part }] : [];
}

/** How long until a hanging request is given up: order gives up sooner than the load generator. */
function waits({ called }: Place): number {
  return called ? patience.service : patience.loadgen;
}

function percent(share: number): string {
  return `${share * 100} %`;
}
