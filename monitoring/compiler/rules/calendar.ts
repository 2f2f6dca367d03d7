/**
 * Calendar windows: the period so far, from its first moment to now. PromQL knows no time zones, so the starts of the
 * periods of some years are written into a rule; the counts of the period are those whose time lies behind its start.
 */
import { HOUR, duration } from "../duration.ts";
import { calendarPeriod } from "../explain/calendar.ts";
import type { CalendarWindow } from "../explain/calendar.ts";
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { constructions } from "../windows.ts";
import { identity, own, value } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/** The starts are written for these years; behind them the budget is absent until the rules are generated anew. */
export const calendarYears = { first: 2026, last: 2032 } as const;

const tileSeconds = constructions.long.intervalSeconds;
/** A tile holds the four minutes that were an hour old when it was recorded: its middle lies 62 minutes back. */
const tileAge = HOUR + tileSeconds / 2;

/**
 * Records when the period began, and bad and total events since then.
 *
 * @param slo whose window is a calendar window.
 * @returns three rules for the group of the long windows; the tiles and the newest hour must be recorded.
 * @throws RangeError for slices that are longer than Prometheus looks back.
 */
export function calendarRules(slo: Slo, window: CalendarWindow): RecordingRule[] {
  const starts = periodStarts(window);
  const longest = Math.max(...starts.slice(1).map((start, index) => start - (starts[index] ?? start)));
  const sum = slo.budgeting.method === "Occurrences" ? sumOfEvents : sumOfSlices;
  const { sli } = slo;
  const [tileOrSlice, newestHour] =
    slo.budgeting.method === "Occurrences"
      ? ([sloSeries.totalTile(sli), sloSeries.total(sli, HOUR)] as const)
      : ([sloSeries.totalSlice(sli), ""] as const);
  const [badTileOrSlice, badNewestHour] =
    slo.budgeting.method === "Occurrences"
      ? ([sloSeries.badTile(sli), sloSeries.bad(sli, HOUR)] as const)
      : ([sloSeries.badSlice(sli), ""] as const);
  return [
    { record: sloSeries.periodStart(sli), expr: startOfPeriod(starts), labels: identity(slo) },
    {
      record: sloSeries.totalPeriod(sli),
      expr: sum(slo, longest, tileOrSlice, newestHour),
      labels: identity(slo),
    },
    {
      record: sloSeries.badPeriod(sli),
      expr: sum(slo, longest, badTileOrSlice, badNewestHour),
      labels: identity(slo),
    },
  ];
}

/** The start of every period that touches the years above; seconds since 1970. */
function periodStarts(window: CalendarWindow): number[] {
  const end = Date.UTC(calendarYears.last, 0) / 1000;
  const starts: number[] = [];
  let at = Date.UTC(calendarYears.first, 0) / 1000;
  while (at < end) {
    const period = calendarPeriod(window, at);
    starts.push(period.start);
    at = period.end;
  }
  return [...starts, at];
}

/** A staircase that rises by one period's length at each start, and is gone behind the last one. */
function startOfPeriod(starts: readonly number[]): string {
  const [first = 0, ...later] = starts;
  const steps = later.map((start, index) => {
    const day = new Date(start * 1000).toISOString().slice(0, 16);
    return `  + ${start - (starts[index] ?? 0)} * (time() >= bool ${start}) # ${day}Z`;
  });
  return `vector(\n  ${first}\n${steps.join("\n")}\n) < ${later.at(-1) ?? first}`;
}

/** In the first hour of a period only the part of the newest hour that lies in it, at even traffic. */
function sumOfEvents(slo: Slo, longest: number, tile: string, newestHour: string): string {
  const start = value(sloSeries.periodStart(slo.sli), slo);
  return `sum(
  ${own(newestHour, slo)}
  * scalar(clamp_max((time() - ${start}) / ${HOUR}, 1))
  or
  sum_over_time(
    (
      ${own(tile, slo)}
      and
      timestamp(${own(tile, slo)}) - ${tileAge}
      > on () group_left ()
      sum(${own(sloSeries.periodStart(slo.sli), slo)} @ end())
    )[${duration(longest)}:${duration(tileSeconds)}]
  )
)`;
}

function sumOfSlices(slo: Slo, longest: number, slice: string): string {
  const seconds = slo.budgeting.method === "Occurrences" ? 0 : slo.budgeting.sliceSeconds;
  if (seconds > tileSeconds) {
    throw new RangeError(
      `SLO ${slo.name}: a calendar window counts slices of at most ${duration(tileSeconds)}, got ${duration(seconds)}`,
    );
  }
  return `sum(
  sum_over_time(
    (
      ${own(slice, slo)}
      and
      timestamp(${own(slice, slo)}) - ${seconds / 2}
      > on () group_left ()
      sum(${own(sloSeries.periodStart(slo.sli), slo)} @ end())
    )[${duration(longest)}:${duration(seconds)}]
  )
)`;
}
