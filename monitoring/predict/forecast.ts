/** What is going to happen to an SLI, when several faults come and go and the traffic changes. */
import type { ServiceName } from "../../services/topology.ts";
import type { Fault } from "../faults/client.ts";
import { expectedEffects, onTopOf, type ExpectedEffect } from "./expected.ts";
import type { Piece, Timeline } from "./timeline.ts";

/** A fault that is on from one moment to another; seconds from now, Infinity for one that does not end. */
export interface ScheduledFault extends Fault {
  readonly service: ServiceName;
  readonly from: number;
  readonly to: number;
}

/** Traffic that is so many times as usual; seconds from now. */
export interface ScheduledLoad {
  readonly factor: number;
  readonly from: number;
  readonly to: number;
}

/** What is usual for an SLI: events per second, and the share of bad ones. */
export interface Usual {
  readonly eventsPerSecond: number;
  readonly badShare: number;
}

/**
 * Continues a past with what faults and changes of the load do, on top of what is usual. Faults that are on together are
 * taken as independent.
 *
 * @param past see history.ts and observe.ts.
 * @param sli whose events.
 */
export function forecast(
  past: Timeline,
  sli: Pick<ExpectedEffect, "service" | "sli">,
  usual: Usual,
  faults: readonly ScheduledFault[],
  loads: readonly ScheduledLoad[] = [],
): Timeline {
  const effects = faults.flatMap((fault) =>
    expectedEffects(fault.service, fault)
      .filter((effect) => effect.service === sli.service && effect.sli === sli.sli)
      .map(({ badShare, eventsFactor, delaySeconds }) => ({
        badShare,
        eventsFactor,
        from: fault.from + delaySeconds,
        to: fault.to + delaySeconds,
      })),
  );
  const edges = [...effects, ...loads].flatMap(({ from, to }) => [from, to]);
  const moments = [...new Set([0, ...edges, Infinity])]
    .filter((moment) => moment >= 0)
    .toSorted((a, b) => a - b);
  const pieces = moments.slice(1).map((to, index): Piece => {
    const from = moments[index] ?? 0;
    const on = (each: { readonly from: number; readonly to: number }): boolean =>
      each.from <= from && from < each.to;
    const busy = loads.filter(on).reduce((factor, load) => factor * load.factor, 1);
    const active = effects.filter(on);
    const arrives = Math.min(1, ...active.map(({ eventsFactor }) => eventsFactor));
    const badShare = active.reduce((share, effect) => onTopOf(share, effect.badShare), usual.badShare);
    const totalRate = usual.eventsPerSecond * busy * arrives;
    return { from, to, badRate: badShare * totalRate, totalRate };
  });
  return [...past, ...pieces];
}
