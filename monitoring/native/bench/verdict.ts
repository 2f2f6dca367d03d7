import type { Measurement } from "./measure.ts";

/** What scraping (5 s), evaluation (15 s), grouping (10 s) and delivery may add to the arithmetic; in seconds. */
const PIPELINE_SECONDS = 35;
/** The part of it that no time scale makes shorter. */
const LEAST_PIPELINE_SECONDS = 5;

/**
 * Judges a page: not before the threshold was crossed, and not later than the crossing of a full window plus what the
 * pipeline may take.
 *
 * @returns what is wrong, in words; nothing when all is well.
 */
export function problemsOf(measurement: Measurement, timeScale: number): string[] {
  const { crossing, fullCrossing, faultOn, received } = measurement;
  const limit = fullCrossing + Math.max(LEAST_PIPELINE_SECONDS, PIPELINE_SECONDS / timeScale);
  const paged = (received.pagerduty - faultOn) / 1000;
  if (paged < crossing)
    return [`paged after ${paged.toFixed(2)} s, before the crossing at ${crossing.toFixed(2)} s`];
  if (paged > limit) return [`paged after ${paged.toFixed(2)} s, later than ${limit.toFixed(2)} s`];
  return [];
}

/** Tells one measurement as a table: what happened, when, how long after the fault, how long after the arithmetic. */
export function describeMeasurement(measurement: Measurement): string {
  const { incident, faultOn, crossing, firing, received, faultOff, reset, resolved } = measurement;
  const rows: Row[] = [
    ["fault on", faultOn],
    ["threshold crossed (arithmetic)", faultOn + crossing * 1000],
    ["alert fires in Prometheus", firing, faultOn + crossing * 1000],
    ["PagerDuty's page received", received.pagerduty, faultOn + crossing * 1000],
    ["Slack's page received", received.slack, faultOn + crossing * 1000],
    ["fault off", faultOff],
  ];
  if (resolved !== undefined) {
    const cleared = faultOff + reset * 1000;
    rows.push(
      ["all windows clear (arithmetic)", cleared],
      ["PagerDuty's incident resolved", resolved.pagerduty, cleared],
      ["Slack's message resolved", resolved.slack, cleared],
    );
  }
  const history = `${(measurement.historySeconds / 60).toFixed(1)} min of traffic`;
  const before = `${(measurement.badBefore * 100).toFixed(3)} % bad before`;
  const head = ["", "at (UTC)", "since fault on", "since arithmetic"];
  const lines = [head, ...rows.map((row) => cells(row, faultOn))].map(
    ([what = "", at = "", since = "", beyond = ""]) =>
      `  ${what.padEnd(32)}${at.padEnd(14)}${since.padStart(14)}${beyond.padStart(18)}`.trimEnd(),
  );
  return [`${incident.name} (${incident.slo}; ${history}, ${before})`, ...lines].join("\n");
}

type Row = readonly [what: string, at: number, arithmetic?: number];

function cells([what, at, arithmetic]: Row, faultOn: number): string[] {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  const late = arithmetic === undefined ? undefined : at - arithmetic;
  const beyond = late === undefined ? "" : `${late < 0 ? "" : "+"}${seconds(late)}`;
  return [what, new Date(at).toISOString().slice(11, -1), seconds(at - faultOn), beyond];
}
