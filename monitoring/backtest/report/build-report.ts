import { duration } from "../../compiler/duration.ts";
import type { Slo } from "../../compiler/model.ts";
import type { SpanCount } from "../engine/span-counts.ts";
import { judge } from "../judge/qualities.ts";
import type { KnownIncidents } from "../judge/known-incidents.ts";
import type { SloFiring } from "../judge/match.ts";
import { budgetOf } from "../policies/policy.ts";
import type { Policy } from "../policies/policy.ts";
import type { SloFindings } from "../run-backtest.ts";
import type { BacktestReport } from "./report.ts";

export interface Findings {
  readonly findings: readonly SloFindings[];
  readonly policies: readonly Policy[];
  readonly incidents: KnownIncidents;
  /** Seconds since 1970, and seconds. */
  readonly range: {
    readonly from: number;
    readonly to: number;
    readonly step: number;
    readonly timeScale: number;
  };
  /** The longest window of each alert, in seconds. */
  readonly longest: readonly { readonly policy: string; readonly alert: string; readonly seconds: number }[];
  readonly cost: { readonly seconds: number; readonly requests: number; readonly points: number };
}

/** Puts together what was found: moments as people write them, and each firing with its incident. */
export function buildReport({
  findings,
  policies,
  incidents,
  range,
  longest,
  cost,
}: Findings): BacktestReport {
  const firings: SloFiring[] = findings
    .flatMap(({ slo: { service, name: slo, sli }, result }) =>
      result.firings.map((firing) => ({ ...firing, service, slo, sli })),
    )
    .toSorted((a, b) => a.start - b.start);
  const spansOf = (incident: string) =>
    findings.flatMap(({ slo, touched, result }) => {
      const span = result.spans[touched.findIndex(({ name }) => name === incident)];
      return span === undefined ? [] : [{ slo, span }];
    });
  /** How many times faster than sustainable the budget burned while it lasted; of several SLOs the worst. */
  const burnRate = (incident: string): number =>
    Math.max(0, ...spansOf(incident).map(({ slo, span }) => burned(span, slo)));
  const names = policies.map(({ name }) => name);
  const judged = judge({
    policies: names,
    firings,
    incidents: incidents.judged,
    rangeEnd: range.to,
    isSignificant: (incident) => burnRate(incident) > 1,
    badBefore: (slo, incident) => spansOf(incident).find((one) => one.slo.name === slo)?.span.badBefore,
  });
  return {
    from: iso(range.from),
    to: iso(range.to),
    stepSeconds: range.step,
    timeScale: range.timeScale,
    policies: policies.map(({ name, summary }) => ({ name, summary })),
    slos: findings.map(({ slo: { service, name, sli, target }, result: { events, known } }) => ({
      service,
      slo: name,
      sli,
      target,
      ...events,
      dataFrom: known.from === null ? null : iso(known.from),
    })),
    firings: firings.map(({ policy, service, slo, sli, alert, severity, ...firing }, index) => ({
      policy,
      service,
      slo,
      sli,
      alert,
      severity,
      start: iso(firing.start),
      end: firing.end === null ? null : iso(firing.end),
      seconds: (firing.end ?? range.to) - firing.start,
      sinceBefore: firing.sinceBefore,
      budgetSpent: firing.budgetSpent,
      incident: judged.incidentOf[index] ?? null,
    })),
    incidents: incidents.judged.map(({ name, service, sli, kind, description, start, end }) => ({
      name,
      service,
      sli: [...sli],
      kind,
      description,
      start: iso(start),
      end: iso(end),
      burnRate: burnRate(name),
    })),
    detections: [...judged.detections],
    qualities: incidents.judged.length === 0 ? [] : [...judged.qualities],
    notes: [...incidents.notes, ...dataNotes(findings, range), ...windowNotes(findings, range, longest)],
    cost: { ...cost, windowBytes: Math.max(...findings.map(({ result }) => result.bytes)) },
  };
}

function burned({ bad, total }: SpanCount, slo: Slo): number {
  return total > 0 ? bad / total / budgetOf(slo) : 0;
}

function dataNotes(findings: readonly SloFindings[], { from, step }: Findings["range"]): string[] {
  const notes: string[] = [];
  const late = new Map<string, string[]>();
  for (const { slo, result, exact } of findings) {
    const begin = result.known.from;
    if (begin === null) notes.push(`${slo.name} has no data in the range; nothing is said of it`);
    else if (begin > from + 2 * step) late.set(iso(begin), [...(late.get(iso(begin)) ?? []), slo.name]);
    if (!exact)
      notes.push(`the queries of ${slo.name} cannot be asked step by step: each step is a mean over four`);
  }
  for (const [begin, names] of late) {
    const whose = names.length === findings.length ? "data begins" : `data of ${names.join(", ")} begins`;
    notes.push(
      `${whose} at ${begin}, after the start of the range: Prometheus' retention is shorter, or the service is younger`,
    );
  }
  return notes;
}

/** A window that was never full saw only what there was, as it would in Prometheus; a reader should know which. */
function windowNotes(
  findings: readonly SloFindings[],
  { to }: Findings["range"],
  longest: Findings["longest"],
): string[] {
  const begins = findings.map(({ result }) => result.known.from).filter((begin) => begin !== null);
  const length = to - Math.min(...begins);
  const never = new Map(
    longest
      .filter(({ seconds }) => seconds > length)
      .map(({ policy, alert, seconds }) => [
        `${policy} ${alert}`,
        `the window of ${policy}'s ${alert}, ${duration(seconds)}, is longer than the history, ${duration(length)}: ` +
          "it saw only what there is",
      ]),
  );
  return [...never.values()];
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
