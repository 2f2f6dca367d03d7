/** Thirty days of raw counters with day and night, incidents and a restart; and what exactly happened in them. */

interface Incident {
  /** Hours after the start of the history. */
  readonly startHour: number;
  readonly hours: number;
  /** The share of events that are bad. */
  readonly errorRatio: number;
}

export interface HistoryPlan {
  readonly days: number;
  readonly stepSeconds: number;
  /** Events a second at noon. */
  readonly peakRate: number;
  /** Events a second at midnight, as a share of noon's; 0 is an idle night. */
  readonly nightShare: number;
  /** The share of events that are bad when nothing happens. */
  readonly baseErrorRatio: number;
  readonly incidents: readonly Incident[];
  /** Hours after the start at which both counters begin again from 0. */
  readonly restartHour: number;
}

export interface History {
  readonly good: readonly number[];
  readonly bad: readonly number[];
  /** Events of the whole history, whatever the counters show. */
  readonly exact: { readonly bad: number; readonly total: number };
}

/**
 * Plays a history. Whole events only: what is left of one is carried over to the next step.
 *
 * @returns two counters of events, and the exact sums of their steps.
 */
export function playHistory(plan: HistoryPlan): History {
  const steps = (plan.days * 86_400) / plan.stepSeconds;
  const good: number[] = [0];
  const bad: number[] = [0];
  const exact = { bad: 0, total: 0 };
  const rest = { bad: 0, total: 0 };
  for (let step = 1; step <= steps; step++) {
    const hour = (step * plan.stepSeconds) / 3600;
    rest.total += rateAt(plan, hour) * plan.stepSeconds;
    const total = Math.floor(rest.total);
    rest.total -= total;
    rest.bad += total * errorRatioAt(plan, hour);
    const failed = Math.min(total, Math.floor(rest.bad));
    rest.bad -= failed;
    exact.total += total;
    exact.bad += failed;
    const restarted = Math.abs(hour - plan.restartHour) < plan.stepSeconds / 7200;
    good.push((restarted ? 0 : (good.at(-1) ?? 0)) + total - failed);
    bad.push((restarted ? 0 : (bad.at(-1) ?? 0)) + failed);
  }
  return { good, bad, exact };
}

/** Half a cosine on top of the night: most at noon, least at midnight, and nothing at all in an idle night. */
function rateAt({ peakRate, nightShare }: HistoryPlan, hour: number): number {
  const daylight = 0.5 - 0.5 * Math.cos((hour / 12) * Math.PI);
  if (nightShare === 0 && daylight < 0.3) return 0;
  return peakRate * (nightShare + (1 - nightShare) * daylight);
}

function errorRatioAt(plan: HistoryPlan, hour: number): number {
  const incident = plan.incidents.find(
    ({ startHour, hours }) => hour > startHour && hour <= startHour + hours,
  );
  return incident?.errorRatio ?? plan.baseErrorRatio;
}

/** Series of one name. */
export interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly series: readonly Samples[];
}

/** One series, sampled evenly; its last sample is at the end of the history. */
export interface Samples {
  /** `{service="order"}` */
  readonly labels: string;
  readonly stepSeconds: number;
  readonly values: readonly number[];
}

/**
 * Writes series as OpenMetrics, for promtool's backfill.
 *
 * @param end of the history, in seconds since 1970.
 */
export function openMetrics(families: readonly Family[], end: number): string {
  const lines: string[] = [];
  for (const { name, type, series } of families) {
    lines.push(`# TYPE ${type === "counter" ? name.replace(/_total$/, "") : name} ${type}`);
    for (const { labels, stepSeconds, values } of series) {
      for (const [index, value] of values.entries()) {
        lines.push(`${name}${labels} ${value} ${end - (values.length - 1 - index) * stepSeconds}`);
      }
    }
  }
  return `${lines.join("\n")}\n# EOF\n`;
}
