import { alignColumns } from "./columns.ts";
import type { Accounting, ServiceTally } from "./accounting.ts";

export interface RunFacts {
  /** How long requests were scheduled for, in seconds. */
  readonly seconds: number;
  /** How many requests the rate curve asked for in that time. */
  readonly expected: number;
  readonly seed: number;
}

/** Latency quantiles of the table, as shares. */
const QUANTILES = [0.5, 0.95, 0.99];
const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"];
const HEADINGS = ["service", "sent", "dropped", "p50", "p95", "p99", ...STATUS_CLASSES, "errors"];

/**
 * Tells how a run went: target beside achieved rate, and for each service what was sent, dropped and answered.
 *
 * @returns lines of plain text without a line break at the end.
 */
export function formatSummary({ tallies }: Pick<Accounting, "tallies">, facts: RunFacts): string {
  const all = [...tallies.values()];
  const sent = sum(all.map((tally) => tally.sent));
  const dropped = sum(all.map((tally) => tally.dropped));
  const perSecond = (count: number): number => (facts.seconds > 0 ? count / facts.seconds : 0);
  const target = perSecond(facts.expected);
  const achieved = perSecond(sent);
  const table = [HEADINGS, ...[...tallies].map(([service, tally]) => row(service, tally))];
  return [
    `ran ${facts.seconds.toFixed(1)} s, seed ${facts.seed}`,
    `target ${target.toFixed(2)} requests/s, achieved ${achieved.toFixed(2)} (${deviation(target, achieved)}), dropped ${dropped}`,
    "latency from the scheduled start:",
    ...alignColumns(table),
    ...all.flatMap((tally, index) => errorLine([...tallies.keys()][index] ?? "", tally)),
  ].join("\n");
}

function row(service: string, tally: ServiceTally): string[] {
  return [
    service,
    String(tally.sent),
    String(tally.dropped),
    ...QUANTILES.map((share) => milliseconds(tally.latency.quantile(share))),
    ...STATUS_CLASSES.map((statusClass) => String(tally.statusClasses.get(statusClass) ?? 0)),
    String(sum([...tally.errors.values()])),
  ];
}

function errorLine(service: string, { errors }: ServiceTally): string[] {
  if (errors.size === 0) return [];
  return [`${service} errors: ${[...errors].map(([type, count]) => `${count} ${type}`).join(", ")}`];
}

function milliseconds(seconds: number): string {
  return Number.isNaN(seconds) ? "–" : `${(seconds * 1000).toFixed(seconds < 0.0995 ? 1 : 0)} ms`;
}

function deviation(target: number, achieved: number): string {
  const percent = target > 0 ? (achieved / target - 1) * 100 : 0;
  return `${percent < 0 ? "" : "+"}${percent.toFixed(2)} %`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
