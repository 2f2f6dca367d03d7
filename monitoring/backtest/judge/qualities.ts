/**
 * The four qualities of an alerting strategy: precision, recall, detection time and reset time (Google's SRE Workbook,
 * chapter 5). Precision, detection and reset are those of pages, for a page wakes somebody; an incident that burns slowly
 * is found by a ticket as well.
 */
import type { KnownIncident, SloFiring } from "./match.ts";
import { incidentOf } from "./match.ts";

/** How one policy met one incident. Durations are seconds. */
interface Detection {
  readonly policy: string;
  readonly incident: string;
  /** The first page; null when none came. */
  readonly page: DetectingAlert | null;
  /** The first ticket, whether or not there was a page. */
  readonly ticket: DetectingAlert | null;
  /** From the incident's end until its last page ended; null without a page, or while one still fires. */
  readonly resetSeconds: number | null;
}

interface DetectingAlert {
  readonly slo: string;
  readonly alert: string;
  /** From the incident's start until it fired. */
  readonly afterSeconds: number;
  /** The share of the period's budget that the incident had spent by then; null where that is not known. */
  readonly budgetSpent: number | null;
}

interface Qualities {
  readonly policy: string;
  readonly pages: number;
  /** Pages that belong to no incident: somebody was woken for nothing that was known. */
  readonly falsePages: number;
  /** How long those fired, all together. */
  readonly falseSeconds: number;
  /** Pages that belong to an incident ÷ pages; null without a page. */
  readonly precision: number | null;
  /** Incidents with a page or a ticket ÷ incidents; null without an incident. */
  readonly recall: number | null;
  readonly found: number;
  /** Incidents with a page. */
  readonly paged: number;
  /** Means over the incidents with a page; null when there is none. Seconds. */
  readonly detectionSeconds: number | null;
  readonly resetSeconds: number | null;
  /** The mean share of a budget that was gone when the page came. */
  readonly budgetSpent: number | null;
  readonly tickets: number;
  /** Tickets that belong to no incident: slow burns, or noise. */
  readonly ticketsApart: number;
}

export interface Judgement {
  readonly detections: readonly Detection[];
  readonly qualities: readonly Qualities[];
  /** The incident of each firing, by its index. */
  readonly incidentOf: readonly (string | null)[];
}

export interface Case {
  readonly policies: readonly string[];
  /** Of all policies. */
  readonly firings: readonly SloFiring[];
  readonly incidents: readonly KnownIncident[];
  /** When alerts that still fire are looked at for the last time, in seconds since 1970. */
  readonly rangeEnd: number;
  /** Whether an incident harmed enough to be alerted of. Others own their alerts, and are not asked for. */
  readonly isSignificant: (incident: string) => boolean;
  /** The bad events of an SLO (by name) before an incident began, from the beginning of the history. */
  readonly badBefore: (slo: string, incident: string) => number | undefined;
}

/** Judges policies. */
export function judge({ policies, firings, incidents, rangeEnd, isSignificant, badBefore }: Case): Judgement {
  const owners = firings.map((firing) => incidentOf(firing, incidents)?.name ?? null);
  const detections = policies.flatMap((policy) =>
    incidents
      .filter(({ name }) => isSignificant(name))
      .map((incident) => {
        const own = firings.filter((one, index) => one.policy === policy && owners[index] === incident.name);
        return detect(policy, incident, own, badBefore);
      }),
  );
  const qualities = policies.map((policy) => {
    const falsePages = firings.filter(
      (one, index) => one.policy === policy && one.severity === "page" && owners[index] === null,
    );
    const of = (severity: string): (string | null)[] =>
      owners.filter((_, index) => firings[index]?.policy === policy && firings[index].severity === severity);
    const met = detections.filter((detection) => detection.policy === policy);
    const paged = met.filter(({ page }) => page !== null);
    const found = met.filter(({ page, ticket }) => page !== null || ticket !== null);
    const [pages, tickets] = [of("page"), of("ticket")];
    return {
      policy,
      pages: pages.length,
      falsePages: falsePages.length,
      falseSeconds: falsePages.reduce((sum, { start, end }) => sum + (end ?? rangeEnd) - start, 0),
      precision: pages.length === 0 ? null : (pages.length - falsePages.length) / pages.length,
      recall: met.length === 0 ? null : found.length / met.length,
      found: found.length,
      paged: paged.length,
      detectionSeconds: mean(paged.map(({ page }) => page?.afterSeconds)),
      resetSeconds: mean(paged.map(({ resetSeconds }) => resetSeconds)),
      budgetSpent: mean(paged.map(({ page }) => page?.budgetSpent)),
      tickets: tickets.length,
      ticketsApart: tickets.filter((owner) => owner === null).length,
    };
  });
  return { detections, qualities, incidentOf: owners };
}

function detect(
  policy: string,
  incident: KnownIncident,
  firings: readonly SloFiring[],
  badBefore: (slo: string, incident: string) => number | undefined,
): Detection {
  const first = (severity: string): DetectingAlert | null => {
    const [firing] = firings.filter((one) => one.severity === severity).toSorted((a, b) => a.start - b.start);
    if (firing === undefined) return null;
    const before = badBefore(firing.slo, incident.name);
    return {
      slo: firing.slo,
      alert: firing.alert,
      afterSeconds: firing.start - incident.start,
      budgetSpent: before === undefined ? null : (firing.badSoFar - before) / firing.allowedBad,
    };
  };
  const ends = firings.filter(({ severity }) => severity === "page").map(({ end }) => end ?? Infinity);
  const last = Math.max(...ends);
  return {
    policy,
    incident: incident.name,
    page: first("page"),
    ticket: first("ticket"),
    resetSeconds: Number.isFinite(last) ? Math.max(0, last - incident.end) : null,
  };
}

function mean(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value != null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
