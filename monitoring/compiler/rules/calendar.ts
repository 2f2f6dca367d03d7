/**
 * Calendar windows: the period so far, from its first moment to now. PromQL knows no time zones, so the starts of the
 * periods of some years are written into a rule; the counts of the period are those whose time lies behind its start.
 */
import { HOUR, duration } from "../duration.ts";
import { calendarPeriod } from "../explain/calendar.ts";
import type { CalendarWindow } from "../explain/calendar.ts";
import type { Slo } from "../model.ts";
import { label, olderPart, sloSeries } from "../names.ts";
import { constructions } from "../windows.ts";
import { identity, indent, own, value } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/** The starts are written for these years; behind them the budget is absent until the rules are generated anew. */
const calendarYears: { readonly first: number; readonly last: number } = { first: 2026, last: 2032 };

/** A tile holds the four minutes that were an hour old when it was recorded: its middle lies 62 minutes back. */
const tileAge = HOUR + constructions.long.intervalSeconds / 2;

/**
 * Records every tile, or slice, once more with the start of its period as a label. A sum over the longest period then
 * has one series for each period, of which the present one is taken.
 *
 * @param slo whose window is a calendar window.
 * @returns rules for the group that records the tiles or slices, below them.
 */
export function calendarParts(slo: Slo): RecordingRule[] {
  const { sli, budgeting } = slo;
  const slices = budgeting.method === "Occurrences" ? undefined : budgeting.sliceSeconds;
  const age = duration(slices === undefined ? tileAge : slices / 2);
  const part = (record: string, counted: string): RecordingRule => ({
    record,
    expr: `${startLabel(slo, ` offset ${age}`)}\n* on () group_left ()\n${value(counted, slo)}`,
    labels: { ...identity(slo), [label.part]: olderPart },
  });
  const [total, bad] =
    slices === undefined
      ? [sloSeries.totalTile(sli), sloSeries.badTile(sli)]
      : [sloSeries.totalSlice(sli), sloSeries.badSlice(sli)];
  return [part(sloSeries.totalPeriodPart(sli), total), part(sloSeries.badPeriodPart(sli), bad)];
}

/**
 * Records when the period began, and bad and total events (or slices) since then.
 *
 * @param slo whose window is this calendar window.
 * @param years the years whose periods are known, from the start of the first to the start of the last.
 * @returns rules for the group of the long windows.
 */
export function calendarRules(slo: Slo, window: CalendarWindow, years = calendarYears): RecordingRule[] {
  const { sli } = slo;
  const starts = periodStarts(window, years);
  const longest = Math.max(...starts.slice(1).map((start, index) => start - (starts[index] ?? start)));
  const period = (record: string, part: string, newestHour: string): RecordingRule => ({
    record,
    expr: sumOfPeriod(slo, own(part, slo), own(newestHour, slo), duration(longest)),
    labels: identity(slo),
  });
  return [
    { record: sloSeries.periodStart(sli), expr: startOfPeriod(starts), labels: identity(slo) },
    period(sloSeries.totalPeriod(sli), sloSeries.totalPeriodPart(sli), sloSeries.total(sli, HOUR)),
    period(sloSeries.badPeriod(sli), sloSeries.badPeriodPart(sli), sloSeries.bad(sli, HOUR)),
  ];
}

/** One series of value 1, whose label says when the period began. */
function startLabel(slo: Slo, offset: string): string {
  return `count_values("${label.periodStart}", ${own(sloSeries.periodStart(slo.sli), slo)}${offset})`;
}

/** In the first hour of a period only the part of the newest hour that lies in it, at even traffic. */
function sumOfPeriod(slo: Slo, part: string, newestHour: string, longest: string): string {
  const parts = `sum_over_time(${part}[${longest}])\nand on (${label.periodStart})\n${startLabel(slo, "")}`;
  // A slice is recorded when it ends: there is no newest hour to add.
  if (slo.budgeting.method !== "Occurrences") return `sum(\n${indent(parts, 2)}\n)`;
  const start = value(sloSeries.periodStart(slo.sli), slo);
  return `sum(
  ${newestHour}
  * scalar(clamp_max((time() - ${start}) / ${HOUR}, 1))
  or
  (
${indent(parts, 4)}
  )
)`;
}

/** The start of every period that touches the years above; seconds since 1970. */
function periodStarts(window: CalendarWindow, years: typeof calendarYears): number[] {
  const end = Date.UTC(years.last, 0) / 1000;
  const starts: number[] = [];
  let at = Date.UTC(years.first, 0) / 1000;
  while (at < end) {
    const period = calendarPeriod(window, at);
    starts.push(period.start);
    at = period.end;
  }
  return [...starts, at];
}

/**
 * A staircase that rises by one period's length at each start, and is gone behind the last one. Starts that are equally
 * far apart share a term: days and weeks are, but where the clocks change.
 */
function startOfPeriod(starts: readonly number[]): string {
  const [first = 0, ...later] = starts;
  const runs: { rise: number; from: number; count: number }[] = [];
  for (const [index, start] of later.entries()) {
    const rise = start - (starts[index] ?? start);
    const run = runs.at(-1);
    if (run?.rise === rise) run.count += 1;
    else runs.push({ rise, from: start, count: 1 });
  }
  const terms = runs.map(({ rise, from, count }) => {
    const risen =
      count === 1
        ? `(time() >= bool ${from})`
        : `clamp(floor((vector(time()) - ${from}) / ${rise}) + 1, 0, ${count})`;
    return `  + ${rise} * ${risen} # ${new Date(from * 1000).toISOString().slice(0, 16)}Z`;
  });
  return `(\n  vector(${first})\n${terms.join("\n")}\n) < ${later.at(-1) ?? first}`;
}
