/**
 * Windows of more than an hour, without a second look at raw series.
 *
 * The newest hour comes from the raw counters, 15 s fresh, so an alert sees an incident as early as if the whole
 * window were raw. What is older comes from recorded counts of five minutes:
 *
 *     slide   every minute, the five-minute count of that moment. Every event is in five slides, so
 *             events = sum of slides / 5. A slide's events are 2 min 30 s old on average, so the slides
 *             recorded until 57 min 30 s ago stand for the events until an hour ago.
 *     tile    every four minutes, the four minutes of events that have just left the newest hour.
 *             A day is 345 tiles and the newest hour; nothing overlaps, nothing is left out.
 *
 * Why sums of overlapping counts and not `increase[5m]` every five minutes: `increase` does not see the step from
 * the last sample before its window to the first one in it, and extrapolates instead. Apart, such windows lose the
 * same steps for ever; overlapping, each step is missed by one count and made good by its neighbours.
 *
 * Why sums and not averages: hours that nobody recorded then count as nothing, not as more of what was seen.
 *
 * Bad and total are counted in the same way, so whatever is missing is missing from both.
 */
import { HOUR, MINUTE, duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { label, olderPart, sloSeries } from "../names.ts";
import { constructions } from "../windows.ts";
import { identity, own, value } from "./promql.ts";
import type { RecordingRule } from "./rule.ts";

/** Events of how many seconds a slide counts, and in how many slides an event is. */
export const slideSeconds = 5 * MINUTE;
export const slidesPerEvent = slideSeconds / constructions.medium.intervalSeconds;
const tileSeconds = constructions.long.intervalSeconds;

/** Where the slides begin that stand for events older than the newest hour. */
const seam = duration(HOUR - slideSeconds / 2);

/** Records the slides; once a minute. */
export function slideRules(slo: Slo): RecordingRule[] {
  const older = { ...identity(slo), [label.part]: olderPart };
  return [
    {
      record: sloSeries.totalSlide(slo.sli),
      expr: value(sloSeries.total(slo.sli, slideSeconds), slo),
      labels: older,
    },
    {
      record: sloSeries.badSlide(slo.sli),
      expr: value(sloSeries.bad(slo.sli, slideSeconds), slo),
      labels: older,
    },
  ];
}

/** Records the tiles; once every four minutes, in the group of the windows that read them. */
export function tileRules(slo: Slo): RecordingRule[] {
  const older = { ...identity(slo), [label.part]: olderPart };
  const tile = (slide: string): string =>
    `sum(sum_over_time(${own(slide, slo)}[${duration(tileSeconds)}] offset ${seam})) / ${slidesPerEvent}`;
  return [
    { record: sloSeries.totalTile(slo.sli), expr: tile(sloSeries.totalSlide(slo.sli)), labels: older },
    { record: sloSeries.badTile(slo.sli), expr: tile(sloSeries.badSlide(slo.sli)), labels: older },
  ];
}

/**
 * Records bad and total events of a window above an hour and below a day.
 *
 * @param window in seconds; whole minutes.
 */
export function mediumCounts(slo: Slo, window: number): RecordingRule[] {
  // The slides are a minute apart. A range of whole minutes has as many of them whenever it is read, and the seam, half a
  // minute off, keeps both its ends between two slides: one on an end would count on some versions of Prometheus only
  // (2 takes both ends, 3 the right one).
  const range = duration(window - HOUR);
  const older = (slide: string): string =>
    `sum_over_time(${own(slide, slo)}[${range}] offset ${seam}) / ${slidesPerEvent}`;
  return withNewestHour(
    slo,
    window,
    older(sloSeries.totalSlide(slo.sli)),
    older(sloSeries.badSlide(slo.sli)),
  );
}

/**
 * Records bad and total events of a window of a day or more.
 *
 * @param window in seconds; a multiple of four minutes.
 */
export function longCounts(slo: Slo, window: number): RecordingRule[] {
  // Half a tile less, for the same reason: here the right end is the newest tile, which counts on all versions.
  const range = duration(window - HOUR - tileSeconds / 2);
  const older = (tile: string): string => `sum_over_time(${own(tile, slo)}[${range}])`;
  return withNewestHour(slo, window, older(sloSeries.totalTile(slo.sli)), older(sloSeries.badTile(slo.sli)));
}

/** The label `part` keeps the two halves apart for `or`: whichever exists is counted. */
function withNewestHour(slo: Slo, window: number, olderTotal: string, olderBad: string): RecordingRule[] {
  const both = (newest: string, older: string): string => `sum(\n  ${own(newest, slo)}\n  or\n  ${older}\n)`;
  return [
    {
      record: sloSeries.total(slo.sli, window),
      expr: both(sloSeries.total(slo.sli, HOUR), olderTotal),
      labels: identity(slo),
    },
    {
      record: sloSeries.bad(slo.sli, window),
      expr: both(sloSeries.bad(slo.sli, HOUR), olderBad),
      labels: identity(slo),
    },
  ];
}
