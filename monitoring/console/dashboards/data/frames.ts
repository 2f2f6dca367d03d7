/** Prometheus' series as Grafana's frames. */
import type { Target } from "../schema/panel.ts";
import type { Field, Frame, Labels, Value } from "./frame.ts";
import type { Grid, Series } from "./prometheus.ts";

/** A frame a series, all on the points of the grid; where a series has no point, or NaN, there is null. */
export function rangeFrames(
  target: Target,
  query: string,
  series: readonly Series[],
  { start, end, step }: Grid,
): Frame[] {
  const count = Math.floor((end - start) / step) + 1;
  const times = Array.from({ length: count }, (_, at) => start + at * step);
  const legend = legendOf(target, query, series);
  return series.map(({ labels, points }) => {
    const values: Value[] = Array.from({ length: count }, () => null);
    for (const [time, value] of points) {
      const at = Math.round((time - start) / step);
      if (at >= 0 && at < count && !Number.isNaN(value)) values[at] = value;
    }
    return seriesFrame(target, times, values, labels, legend(labels), step);
  });
}

/** A frame a series with one point. */
export function instantFrames(target: Target, query: string, series: readonly Series[]): Frame[] {
  const legend = legendOf(target, query, series);
  return series.map(({ labels, points }) => {
    const [time = 0, value = Number.NaN] = points.at(-1) ?? [];
    return seriesFrame(target, [time], [Number.isNaN(value) ? null : value], labels, legend(labels));
  });
}

/** One frame with a row a series: time, a column a label, and the last value as `Value` or, where the target says so, `Value #A`. */
export function tableFrame({ refId }: Target, series: readonly Series[]): Frame {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].toSorted();
  const last = series.map(({ points }) => points.at(-1));
  const fields: Field[] = [
    { name: "Time", type: "time", labels: {}, values: last.map((point) => point?.[0] ?? null) },
    ...names.map((name) => ({
      name,
      type: "string" as const,
      labels: {},
      values: series.map(({ labels }) => labels[name] ?? ""),
    })),
    {
      name: `Value #${refId}`,
      type: "number",
      labels: {},
      values: last.map((point) => (point === undefined || Number.isNaN(point[1]) ? null : point[1])),
    },
  ];
  return { refId, fields };
}

function seriesFrame(
  { refId }: Target,
  times: readonly number[],
  values: readonly Value[],
  labels: Labels,
  legend: string,
  step?: number,
): Frame {
  const fields: Field[] = [
    { name: "Time", type: "time", labels: {}, values: times },
    { name: "Value", type: "number", labels, values, legend },
  ];
  return step === undefined ? { refId, fields } : { refId, fields, step };
}

/** `{{label}}` filled in; without a legend, what tells the series apart. */
function legendOf(
  { legendFormat = "" }: Target,
  query: string,
  series: readonly Series[],
): (labels: Labels) => string {
  if (legendFormat !== "" && legendFormat !== "__auto")
    return (labels) =>
      legendFormat.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => labels[name] ?? "");
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const differing = names.filter((name) => new Set(series.map(({ labels }) => labels[name])).size > 1);
  const [only] = differing;
  if (only !== undefined && differing.length === 1) return (labels) => labels[only] ?? "";
  return (labels) => {
    const pairs = Object.entries(labels).filter(([name]) => name !== "__name__");
    const inside = pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ");
    const metric = labels["__name__"] ?? "";
    return inside === "" ? metric || query : `${metric}{${inside}}`;
  };
}
