/**
 * RED (rate, errors, duration) at four windows and four levels.
 *
 * 1m and 5m come from the raw series. 15m and 1h are means of the recorded 5m rates: a rate is already per second, so
 * its mean over time is the rate of the longer window, smoothed by 5 minutes; ratios and quantiles are taken last,
 * from those means, never averaged themselves.
 */
import { MINUTE, duration } from "../duration.ts";
import { redSeries } from "../names.ts";
import type { RedLevel } from "../names.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";

/** Windows in seconds; `recorded` ones are made from the last of `raw`. */
const rawWindows = [MINUTE, 5 * MINUTE];
const recordedWindows = [15 * MINUTE, 60 * MINUTE];
const baseWindow = 5 * MINUTE;

const quantiles = [50, 90, 95, 99];

/** Request paths that no route matches say nothing about the service. */
const selector = `service!="",path!="unmatched"`;

/** What each level groups by, besides the service. Latency has no status, so it has no status class either. */
const levels: Readonly<Record<RedLevel, { readonly by: string; readonly duration: boolean }>> = {
  app: { by: "service", duration: true },
  app_method: { by: "service, method", duration: true },
  app_status_class: { by: "service, status_class", duration: false },
  app_endpoint: { by: "service, method, path", duration: true },
};

/** The recording rules of the RED method: one group for each window. */
export function redGroups(): RuleGroup[] {
  const levelNames = Object.keys(levels) as RedLevel[];
  return [
    ...rawWindows.map((window) => ({
      name: `red-${duration(window)}`,
      intervalSeconds: 15,
      rules: levelNames.flatMap((level) => fromRaw(level, window)),
    })),
    ...recordedWindows.map((window) => ({
      name: `red-${duration(window)}`,
      intervalSeconds: MINUTE,
      rules: levelNames.flatMap((level) => fromRecorded(level, window)),
    })),
  ];
}

function fromRaw(level: RedLevel, window: number): RecordingRule[] {
  const range = duration(window);
  const { by, duration: hasDuration } = levels[level];
  const requests = `rate(http_requests_total{${selector}}[${range}])`;
  const failed = `rate(http_requests_total{${selector},status=~"5.."}[${range}])`;
  const rate = redSeries.rate(level, window);
  if (level === "app_status_class") {
    return [
      {
        record: rate,
        expr: `sum by (${by}) (\n  label_replace(${requests}, "status_class", "\${1}xx", "status", "(.)..")\n)`,
      },
    ];
  }
  const buckets = `rate(http_request_duration_seconds_bucket{${selector}}[${range}])`;
  return [
    { record: rate, expr: `sum by (${by}) (${requests})` },
    {
      record: redSeries.errorRate(level, window),
      expr: `sum by (${by}) (${failed})\nor\n0 * ${rate}`,
    },
    ratio(level, window),
    ...(hasDuration
      ? [{ record: redSeries.bucketRate(level, window), expr: `sum by (${by}, le) (${buckets})` }]
      : []),
    ...durations(level, window),
  ];
}

function fromRecorded(level: RedLevel, window: number): RecordingRule[] {
  const range = duration(window);
  const mean = (of: (level: RedLevel, window: number) => string): RecordingRule => ({
    record: of(level, window),
    expr: `avg_over_time(${of(level, baseWindow)}[${range}])`,
  });
  if (level === "app_status_class") return [mean(redSeries.rate)];
  return [
    mean(redSeries.rate),
    mean(redSeries.errorRate),
    ratio(level, window),
    mean(redSeries.bucketRate),
    ...durations(level, window),
  ];
}

/** The share of requests that failed; 0 when there were none. */
function ratio(level: RedLevel, window: number): RecordingRule {
  const rate = redSeries.rate(level, window);
  return {
    record: redSeries.errorRatio(level, window),
    expr: `${redSeries.errorRate(level, window)} / (${rate} > 0)\nor\n0 * ${rate}`,
  };
}

/** Quantiles in seconds; absent while there are no requests, because none is not fast. */
function durations(level: RedLevel, window: number): RecordingRule[] {
  return quantiles.map((percent) => ({
    record: redSeries.quantile(level, percent, window),
    expr: `histogram_quantile(${percent / 100}, ${redSeries.bucketRate(level, window)}) >= 0`,
  }));
}
