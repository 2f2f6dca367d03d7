/** The past as series: lived through from its beginning, and handed out in pieces that follow each other. */
import { services } from "../../services/topology.ts";
import type { Slo } from "../compiler/model.ts";
import { createGrid } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { incidentsBefore } from "./model/conditions.ts";
import type { Incident } from "./model/conditions.ts";
import type { Labels, PlatformSeries } from "./model/counters.ts";
import { createLately } from "./model/lately.ts";
import { createPlatform } from "./model/platform.ts";
import { recordAlerts } from "./recorded/alerts.ts";
import { recordRed } from "./recorded/red.ts";
import { followEvents } from "./recorded/slo-events.ts";
import type { SloEvents } from "./recorded/slo-events.ts";
import { recordSlo } from "./recorded/slo.ts";
import type { Range, WrittenSeries } from "./recorded/written.ts";
import { HOUR } from "../compiler/duration.ts";
import { targetOf } from "./targets.ts";

export interface PastOptions {
  readonly seed: number;
  /** The end, in milliseconds since 1970. */
  readonly toMs: number;
  /** How many times shorter the past is than the time that it tells of. */
  readonly timeScale: number;
  /** @default the load generator's */
  readonly rps?: number | undefined;
  /** What is recorded. */
  readonly slos: readonly Slo[];
  /** Labels of everything that Prometheus scrapes. */
  readonly targets: readonly Labels[];
}

/** A piece of the past. */
export interface Piece extends Range {
  /** The series of this piece; to be read before the next piece is asked for. */
  readonly series: () => Generator<WrittenSeries>;
}

export interface Past {
  readonly grid: Grid;
  readonly incidents: readonly Incident[];
  readonly events: readonly SloEvents[];
  /** When a moment was by the clock of this machine: milliseconds since 1970, by index of the grid. */
  readonly epochMs: (index: number) => number;
  /** Lives through the past. `ends` tells whether a moment is the last of its piece. */
  readonly pieces: (ends: (index: number) => boolean) => Generator<Piece>;
}

/** Targets of every stack, however it runs; the others have no past. */
const alwaysThere = [...services.map(({ name }) => name), "loadgen", "console", "prometheus", "alertmanager"];

/** The longest window that is recorded from the platform's counters; so much of the piece before is kept. Seconds. */
const LOOK_BACK = HOUR;

/** Prepares a past; nothing is computed before its pieces are asked for. */
export function createPast({ seed, toMs, timeScale, rps, slos, targets }: PastOptions): Past {
  const grid = createGrid();
  const to = toMs / 1000;
  const utcOffset = -60 * new Date(toMs).getTimezoneOffset();
  const incidents = incidentsBefore(to, utcOffset);
  const target = (host: string): Labels => targetOf(targets, host);
  const { counters, step } = createPlatform({ seed, rps, timeScale, incidents, target });
  const events = slos.flatMap((slo) => followEvents(slo, counters.series, grid.ages.length) ?? []);
  const recorded = events.map((each) => recordSlo(each, grid));
  const epochMs = (index: number): number => Math.round(toMs - ((grid.ages[index] ?? 0) * 1000) / timeScale);
  const alerts = recorded.flatMap((each) => recordAlerts(each, grid, (index) => epochMs(index) / 1000));
  const there = alwaysThere.map(target);
  const red = recordRed(counters.series, grid, timeScale);

  function* pieces(ends: (index: number) => boolean): Generator<Piece> {
    const lately = createLately(counters.series.length);
    let from = grid.first;
    for (let index = 1; index <= grid.last; index += 1) {
      const age = grid.ages[index] ?? 0;
      step(to - age, (grid.ages[index - 1] ?? 0) - age);
      for (const each of events) each.record(index, counters.now);
      if (age > (grid.ages[grid.first] ?? 0) + LOOK_BACK) continue;
      lately.push(index, counters.now);
      if (index < grid.last && (index < grid.first || !ends(index))) continue;
      const range = { from, to: index };
      yield { ...range, series: () => seriesOf(range) };
      lately.forget(grid.indexAt(age + LOOK_BACK));
      from = index + 1;
    }

    function* seriesOf(range: Range): Generator<WrittenSeries> {
      for (const [number, series] of counters.series.entries()) yield raw(series, number, range);
      for (const labels of there) yield always("up", labels, 1, range);
      for (const each of recorded) yield* each.series(range);
      yield* red(range, lately.valueAt);
      for (const alert of alerts) yield* alert(range);
    }

    function raw({ metric, labels, cadence }: PlatformSeries, number: number, range: Range): WrittenSeries {
      const indexes = grid.written(cadence, range.from, range.to);
      return { metric, labels, indexes, values: lately.valuesAt(number, indexes) };
    }
  }

  function always(metric: string, labels: Labels, value: number, { from, to }: Range): WrittenSeries {
    const indexes = grid.written("recordedSlowly", from, to);
    return { metric, labels, indexes, values: new Float64Array(indexes.length).fill(value) };
  }

  return { grid, incidents, events, epochMs, pieces };
}
