import { parseDuration } from "../../../compiler/duration.ts";
import { points, SCRAPE_INTERVAL, shown } from "../limits.ts";
import type { Panel, Target } from "../schema/panel.ts";
import { onGrid, stepFor } from "../time-range.ts";
import { interpolateQuery } from "../variables/interpolate.ts";
import type { Scope } from "../variables/interpolate.ts";
import type { Frame } from "./frame.ts";
import { rangeFrames, instantFrames, tableFrame } from "./frames.ts";
import { queryLogs } from "./loki.ts";
import type { LogLine } from "./loki.ts";
import { queryInstant, queryRange } from "./prometheus.ts";
import type { Grid } from "./prometheus.ts";
import { isReducer } from "./reduce.ts";
import { kindOf, sourceFor } from "./sources.ts";
import type { Sources } from "./sources.ts";
import { transform } from "./transform.ts";

export interface PanelData {
  readonly frames: readonly Frame[];
  readonly lines: readonly LogLine[];
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

/** A page's scope without the step, which each query has of its own. */
export type PageScope = Omit<Scope, "step" | "scrape">;

/** Instants are asked for on this grid of seconds, so that all panels of a page share answers. */
const INSTANT_GRID = 5;

/**
 * Asks for everything that a panel shows.
 *
 * @throws DataSourceError, or RangeError for a value that cannot stand where the query has it; in words.
 */
export async function loadPanel(panel: Panel, scope: PageScope, sources: Sources): Promise<PanelData> {
  const targets = panel.targets.filter(({ hide, expr }) => hide !== true && expr.trim() !== "");
  if (panel.type === "logs") return loadLines(panel, targets, scope, sources);
  const answers = await Promise.all(targets.map((target) => loadTarget(panel, target, scope, sources)));
  const frames = answers.flatMap((answer) => answer.frames);
  const { frames: changed, unknown } = transform(frames, panel.transformations);
  return {
    frames: changed,
    lines: [],
    notes: [
      ...answers.flatMap(({ note }) => (note === null ? [] : [note])),
      ...calcsOf(panel)
        .filter((id) => !isReducer(id))
        .map((id) => `The reducer ${id} is not known here: the last value stands in`),
      ...unknown.map((id) => `The transformation ${id} is left out: the console does not know it`),
    ],
  };
}

function calcsOf(panel: Panel): readonly string[] {
  if (panel.type === "timeseries") return panel.options.legend.calcs;
  const reducing = panel.type === "stat" || panel.type === "gauge" || panel.type === "bargauge";
  return reducing ? panel.options.reduceOptions.calcs : [];
}

async function loadTarget(
  panel: Panel,
  target: Target,
  page: PageScope,
  sources: Sources,
): Promise<{ frames: Frame[]; note: string | null }> {
  const source = sourceFor(kindOf(target.datasource ?? panel.datasource, page), sources);
  const grid = gridOf(panel, target, page);
  const least = target.interval
    ? parseDuration(interpolateQuery(target.interval, { ...page, step: grid.step, scrape: SCRAPE_INTERVAL }))
    : 0;
  const query = interpolateQuery(target.expr, {
    ...page,
    step: grid.step,
    scrape: least > 0 ? least : SCRAPE_INTERVAL,
  });
  const instant = target.queryType === "instant" || (target.instant === true && target.range !== true);
  const all = instant
    ? await queryInstant(source, query, Math.floor(page.range.to / INSTANT_GRID) * INSTANT_GRID)
    : await queryRange(source, query, grid);
  const most = panel.type === "table" ? shown.rows : panel.type === "heatmap" ? shown.buckets : shown.series;
  const series = all.slice(0, most);
  const note = all.length > most ? `${most} of ${all.length} series are shown` : null;
  if (target.format === "table") return { frames: [tableFrame(target, series)], note };
  return {
    frames: instant ? instantFrames(target, query, series) : rangeFrames(target, query, series, grid),
    note,
  };
}

function gridOf(panel: Panel, target: Target, page: PageScope): Grid {
  const most = Object.hasOwn(points, panel.type) ? points[panel.type as keyof typeof points] : points.other;
  const wanted = target.interval || panel.interval;
  const least = wanted ? safeDuration(wanted) : 0;
  const step = stepFor(page.range, Math.min(panel.maxDataPoints ?? most, most), least);
  return { ...onGrid(page.range, step), step };
}

/** `1m`, or `>1m` as old files write it; 0 for what is neither. */
function safeDuration(text: string): number {
  try {
    return parseDuration(text.replace(/^>/, ""));
  } catch {
    return 0;
  }
}

async function loadLines(
  panel: Panel,
  targets: readonly Target[],
  page: PageScope,
  sources: Sources,
): Promise<PanelData> {
  const { from, to } = page.range;
  const answers = await Promise.all(
    targets.map((target) => {
      const source = sourceFor(kindOf(target.datasource ?? panel.datasource, page), sources);
      const query = interpolateQuery(target.expr, {
        ...page,
        step: stepFor(page.range, points.other),
        scrape: SCRAPE_INTERVAL,
      });
      const end = Math.ceil(to / INSTANT_GRID) * INSTANT_GRID;
      return queryLogs(
        source,
        query,
        { start: Math.floor(from), end },
        Math.min(target.maxLines ?? shown.logLines, shown.logLines),
      );
    }),
  );
  const lines = answers.flat().toSorted((a, b) => b.time - a.time);
  const full = answers.some((answer) => answer.length >= shown.logLines);
  return {
    frames: [],
    lines,
    notes: full ? [`The newest ${shown.logLines} lines; a shorter range shows others`] : [],
  };
}
