import type { Slo } from "../../compiler/model.ts";
import type { PastIncident } from "../../history/incidents.ts";
import { BacktestError } from "../errors.ts";
import type { KnownIncident } from "./match.ts";

/** An incident with what its file says of it. */
interface ReportedIncident extends KnownIncident {
  readonly kind: string;
  readonly description: string;
}

export interface KnownIncidents {
  /** Those that the policies are judged by. */
  readonly judged: readonly ReportedIncident[];
  /** Why others are left out, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Chooses the incidents that policies could have seen: begun in the range, and about an SLI that was read.
 *
 * @throws BacktestError when there are incidents and none is in the range, or none is about one of the SLOs.
 */
export function knownIncidents(
  incidents: readonly PastIncident[],
  slos: readonly Slo[],
  range: { readonly from: number; readonly to: number },
): KnownIncidents {
  const all = incidents.map((incident) => ({
    ...incident,
    start: Date.parse(incident.start) / 1000,
    end: Date.parse(incident.end) / 1000,
  }));
  const within = all.filter(({ start }) => start >= range.from && start < range.to);
  if (all.length > 0 && within.length === 0) {
    const starts = all.map(({ start }) => start);
    throw new BacktestError(
      `no incident begins in the range ${iso(range.from)} to ${iso(range.to)}: they begin ` +
        `${iso(Math.min(...starts))} to ${iso(Math.max(...starts))}. Choose --from and --to around them`,
    );
  }
  const judged = within.filter(({ service, sli }) =>
    slos.some((slo) => slo.service === service && sli.includes(slo.sli)),
  );
  if (within.length > 0 && judged.length === 0) {
    const about = within.map(({ name, service, sli }) => `${name} is about ${service} ${sli.join(", ")}`);
    throw new BacktestError(
      `no incident is about one of the SLOs: ${about.join("; ")}. Service and SLI must be named as in the SLO files`,
    );
  }
  const notes = [
    note(
      all.filter((one) => !within.includes(one)),
      "begins outside the range",
    ),
    note(
      within.filter((one) => !judged.includes(one)),
      "is about no SLO that was read",
    ),
  ].flat();
  return { judged: judged.toSorted((a, b) => a.start - b.start), notes };
}

function note(left: readonly KnownIncident[], why: string): string[] {
  return left.map(({ name }) => `incident ${name} is not judged: it ${why}`);
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
