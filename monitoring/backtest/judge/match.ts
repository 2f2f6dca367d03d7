/** Which alert speaks of which incident. */
import type { Firing } from "../engine/backtest-slo.ts";

/** An incident that is known. Times are seconds since 1970. */
export interface KnownIncident {
  readonly name: string;
  readonly service: string;
  /** The SLIs that it harmed. */
  readonly sli: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** A firing with the SLO that it is about. */
export interface SloFiring extends Firing {
  readonly service: string;
  readonly slo: string;
  readonly sli: string;
}

/**
 * The matching rule: an alert belongs to an incident of the same service and SLI when it fires between the incident's
 * start and its end plus the alert's longest window (and its `for`), for so long does the incident lie in that window. Of
 * several such incidents it belongs to the latest. One that fired before the incident began says nothing about it.
 *
 * @returns undefined when it belongs to none.
 */
export function incidentOf(
  firing: SloFiring,
  incidents: readonly KnownIncident[],
): KnownIncident | undefined {
  const reach = firing.longWindowSeconds + firing.forSeconds;
  return incidents
    .filter(
      ({ service, sli, start, end }) =>
        service === firing.service &&
        sli.includes(firing.sli) &&
        firing.start >= start &&
        firing.start <= end + reach,
    )
    .toSorted((a, b) => b.start - a.start)[0];
}
