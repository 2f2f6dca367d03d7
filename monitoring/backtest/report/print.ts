/** A report for people: who would have been woken, when, and whether that was right. */
import { count } from "../../compiler/cli/report.ts";
import { grouped, time } from "../../compiler/explain/format.ts";
import { table } from "../../compiler/explain/table.ts";
import { duration } from "../../compiler/duration.ts";
import { compared } from "./compare.ts";
import { significant } from "./report.ts";
import type { BacktestReport, ReportedFiring } from "./report.ts";

/** So many firings of a policy are printed; `--json` has all. */
const MOST_LINES = 40;

/**
 * Prints a report.
 *
 * @param peakBytes the most memory that the run had, for the last line.
 * @returns text that ends in a newline.
 */
export function printReport(report: BacktestReport, peakBytes: number): string {
  const { from, to, stepSeconds, slos, incidents, policies, timeScale } = report;
  const scaled = timeScale === 1 ? "" : `, time ×${timeScale}`;
  const known = incidents.length === 0 ? "" : `, ${count(incidents.length, "known incident")}`;
  const head = `${slos.length} SLOs from ${minute(from)} to ${minute(to)} UTC, step ${duration(stepSeconds)}${scaled}${known}`;
  const parts = [
    [head, ...report.notes.map((note) => `Note: ${note}.`)],
    qualityTable(report),
    detectionTable(report),
    ...policies.map((policy) => firingsOf(report, policy)),
    [costLine(report, peakBytes)],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function qualityTable(report: BacktestReport): string[] {
  if (report.qualities.length === 0) return countTable(report);
  const heading = [
    "policy",
    "pages",
    "false",
    "precision",
    "recall",
    "by page",
    "detection",
    "reset",
    "budget spent",
    "tickets",
    "apart",
  ];
  const rows = report.qualities.map((one) => [
    one.policy,
    String(one.pages),
    String(one.falsePages),
    percent(one.precision),
    `${percent(one.recall)} (${one.found}/${significant(report).length})`,
    String(one.paged),
    span(one.detectionSeconds),
    span(one.resetSeconds),
    percent(one.budgetSpent),
    String(one.tickets),
    String(one.ticketsApart),
  ]);
  return [...table([heading, ...rows]), "", ...compared(report).map((line) => `  ${line}`)];
}

/** Without known incidents there is nothing to judge by. */
function countTable({ policies, firings }: BacktestReport): string[] {
  const of = (policy: string, severity: string): string =>
    String(firings.filter((one) => one.policy === policy && one.severity === severity).length);
  const rows = policies.map(({ name }) => [name, of(name, "page"), of(name, "ticket")]);
  return [
    ...table([["policy", "pages", "tickets"], ...rows]),
    "",
    "  Give --incidents FILE to judge the policies: precision, recall, detection time, reset time.",
  ];
}

function detectionTable({ incidents, policies, detections }: BacktestReport): string[] {
  if (incidents.length === 0) return [];
  const rows = incidents.map((incident) => [
    incident.name,
    `${incident.service} ${incident.sli.join(", ")}`,
    `${incident.burnRate >= 10 ? Math.round(incident.burnRate) : incident.burnRate.toPrecision(2)}×`,
    minute(incident.start),
    span((Date.parse(incident.end) - Date.parse(incident.start)) / 1000),
    ...policies.map(({ name }) => {
      const met = detections.find((one) => one.policy === name && one.incident === incident.name);
      if (met?.page) return `${met.page.alert} after ${span(met.page.afterSeconds)}`;
      if (met === undefined) return "not asked for";
      return met.ticket ? `${met.ticket.alert} after ${span(met.ticket.afterSeconds)}` : "missed";
    }),
  ]);
  return table([
    ["incident", "harmed", "burn rate", "began", "lasted", ...policies.map(({ name }) => name)],
    ...rows,
  ]);
}

function firingsOf(
  { firings }: BacktestReport,
  { name, summary }: BacktestReport["policies"][number],
): string[] {
  const own = firings.filter(({ policy }) => policy === name);
  // Pages first: a policy with many tickets must not push them out.
  const shown = [...own.filter(isPage), ...own.filter((one) => !isPage(one))].slice(0, MOST_LINES);
  const rows = shown.map((one) => [
    minute(one.start),
    one.severity,
    one.alert,
    one.slo,
    one.end === null ? `${span(one.seconds)}, still firing` : span(one.seconds),
    `${percent(one.budgetSpent)} of the budget`,
    one.incident ?? (isPage(one) ? "no known incident" : "slow burn, no known incident"),
  ]);
  const more = own.length - shown.length;
  return [
    `${name}: ${summary}`,
    ...(rows.length === 0 ? ["  would never have fired"] : table(rows)),
    ...(more > 0 ? [`  and ${more} more; --json has all`] : []),
  ];
}

function isPage({ severity }: ReportedFiring): boolean {
  return severity === "page";
}

function costLine({ cost, slos }: BacktestReport, peakBytes: number): string {
  const events = slos.reduce((sum, { total }) => sum + total, 0);
  return (
    `${grouped(Math.round(events))} events, read as ${grouped(cost.points)} points in ${cost.requests} requests: ` +
    `${cost.seconds.toFixed(1)} s, peak memory ${Math.round(peakBytes / 1024 / 1024)} MB`
  );
}

/** `2026-11-03 14:12` */
function minute(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}

function span(seconds: number | null): string {
  return seconds === null ? "–" : time(seconds);
}

function percent(share: number | null): string {
  if (share === null) return "–";
  const value = share * 100;
  return `${Math.abs(value) < 9.95 && value !== 0 ? Number(value.toPrecision(2)) : Math.round(value)} %`;
}
