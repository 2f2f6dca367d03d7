/** What the RED rules would have recorded of the services. */
import { DURATION_BUCKETS } from "../../../services/kit/metrics.ts";
import { MINUTE } from "../../compiler/duration.ts";
import { redSeries } from "../../compiler/names.ts";
import type { RedLevel } from "../../compiler/names.ts";
import type { Grid } from "../grid.ts";
import type { Cadence } from "../settings.ts";
import type { Labels, PlatformSeries } from "../model/counters.ts";
import type { Range, WrittenSeries } from "./written.ts";

interface Written {
  readonly level: RedLevel;
  readonly cadence: Cadence;
  readonly shows: readonly Measure[];
  readonly quantiles: readonly number[];
}

/** Which of them are written, over five minutes each, and for how long: what dashboards draw. The rest is left to live rules. */
const written: readonly Written[] = [
  {
    level: "app",
    cadence: "recorded",
    shows: ["rate", "errorRate", "errorRatio"],
    quantiles: [99],
  },
  { level: "app", cadence: "recordedLately", shows: ["bucketRate"], quantiles: [] },
  {
    level: "app_endpoint",
    cadence: "recordedLately",
    shows: ["rate", "errorRatio"],
    quantiles: [50, 95, 99],
  },
  { level: "app_status_class", cadence: "recorded", shows: ["rate"], quantiles: [] },
];

type Measure = Exclude<keyof typeof redSeries, "quantile">;

const window = 5 * MINUTE;
const bounds = [...DURATION_BUCKETS.map(String), "+Inf"];

/** What a RED rule groups by. */
const labelsOf: Readonly<Record<RedLevel, readonly string[]>> = {
  app: ["service"],
  app_method: ["service", "method"],
  app_status_class: ["service", "status_class"],
  app_endpoint: ["service", "method", "path"],
};

/** How a counter has grown: its value by index of the grid. */
export type ValueAt = (series: number, index: number) => number;

interface Group {
  readonly labels: Labels;
  readonly requests: number[];
  readonly errors: number[];
  /** Series of buckets, by bound. */
  readonly buckets: number[][];
}

/**
 * Prepares the RED series.
 *
 * @param series what the platform exposes.
 * @param timeScale how many times faster than usual time passes: rates are by the clock of this machine.
 */
export function recordRed(
  series: readonly PlatformSeries[],
  grid: Grid,
  timeScale: number,
): (range: Range, valueAt: ValueAt) => WrittenSeries[] {
  const levels = written.map(({ level, cadence, shows, quantiles }) => {
    return { level, cadence, shows: new Set(shows), quantiles, groups: groupBy(series, level) };
  });
  return ({ from, to }, valueAt) => {
    const rates = (indexes: Int32Array, members: readonly number[]): Float64Array => {
      const values = new Float64Array(indexes.length);
      for (let at = 0; at < indexes.length; at += 1) {
        const end = indexes[at] ?? 0;
        const begin = grid.indexAt((grid.ages[end] ?? 0) + window);
        let events = 0;
        for (const member of members) events += valueAt(member, end) - valueAt(member, begin);
        values[at] = (events / window) * timeScale;
      }
      return values;
    };
    return levels.flatMap(({ level, cadence, shows, quantiles, groups }) => {
      const indexes = grid.written(cadence, from, to);
      if (indexes.length === 0) return [];
      const rate = (members: readonly number[]): Float64Array => rates(indexes, members);
      return groups.flatMap((group) => {
        const show = (metric: string, values: Float64Array, more: Labels = {}): WrittenSeries => {
          return { metric, labels: { ...group.labels, ...more }, indexes, values };
        };
        const requests = rate(group.requests);
        const errors = rate(group.errors);
        const ratio = (at: number): number => (requests[at] ? (errors[at] ?? 0) / (requests[at] ?? 1) : 0);
        const buckets = quantiles.length > 0 || shows.has("bucketRate");
        const cumulative = buckets ? group.buckets.map(rate) : [];
        const within = (percent: number) => requests.map((_, at) => quantile(percent / 100, cumulative, at));
        return [
          ...(shows.has("rate") ? [show(redSeries.rate(level, window), requests)] : []),
          ...(shows.has("errorRate") ? [show(redSeries.errorRate(level, window), errors)] : []),
          ...(shows.has("errorRatio")
            ? [
                show(
                  redSeries.errorRatio(level, window),
                  requests.map((_, at) => ratio(at)),
                ),
              ]
            : []),
          ...(shows.has("bucketRate")
            ? cumulative.map((values, at) =>
                show(redSeries.bucketRate(level, window), values, { le: bounds[at] ?? "" }),
              )
            : []),
          ...quantiles.map((percent) => show(redSeries.quantile(level, percent, window), within(percent))),
        ];
      });
    });
  };
}

function groupBy(series: readonly PlatformSeries[], level: RedLevel): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, { metric, labels }] of series.entries()) {
    const status = labels["status"] ?? "";
    const all: Labels = { ...labels, status_class: `${status.charAt(0)}xx` };
    const own = Object.fromEntries(labelsOf[level].map((name) => [name, all[name] ?? ""]));
    const bucket =
      metric === "http_request_duration_seconds_bucket" ? bounds.indexOf(labels["le"] ?? "") : -1;
    if (metric !== "http_requests_total" && bucket < 0) continue;
    if (bucket >= 0 && level === "app_status_class") continue;
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { labels: own, requests: [], errors: [], buckets: bounds.map(() => []) };
    groups.set(key, group);
    if (bucket >= 0) group.buckets[bucket]?.push(index);
    else group.requests.push(index);
    if (bucket < 0 && status.startsWith("5")) group.errors.push(index);
  }
  return [...groups.values()];
}

/** As PromQL's histogram_quantile: evenly spread within a bucket, and the last finite bound for what is beyond it. */
function quantile(share: number, cumulative: readonly Float64Array[], at: number): number {
  const total = cumulative.at(-1)?.[at] ?? 0;
  if (total === 0) return Number.NaN;
  const rank = share * total;
  const bound = cumulative.findIndex((values) => (values[at] ?? 0) >= rank);
  const [below, above] = [DURATION_BUCKETS[bound - 1] ?? 0, DURATION_BUCKETS[bound]];
  if (above === undefined) return DURATION_BUCKETS.at(-1) ?? 0;
  const [before, within] = [cumulative[bound - 1]?.[at] ?? 0, cumulative[bound]?.[at] ?? 0];
  return below + ((above - below) * (rank - before)) / (within - before || 1);
}
