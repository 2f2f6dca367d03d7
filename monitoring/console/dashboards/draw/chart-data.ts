/** What the script needs of a chart: `static/dashboards/chart.js` reads it out of an attribute. */
import type { Value } from "../data/frame.ts";
import type { PanelOf } from "../schema/panel.ts";
import type { Chart, ChartSeries } from "./chart.ts";
import type { DrawContext } from "./context.ts";
import { readyLink } from "./link.ts";

/** Stands in a link for the moment that is clicked, in milliseconds. */
const CLICKED = "{clicked}";

/** @returns JSON. Times are Unix seconds, `[first, step, count]`; a missing value is null. */
export function chartData({ title }: PanelOf<"timeseries">, chart: Chart, context: DrawContext): string {
  const { times, series, scale, labels, thresholds, thresholdStyle, stacked } = chart;
  const [first = 0, second = first + 1] = times;
  const { from, to } = context.scope.range;
  return JSON.stringify({
    title,
    times: [first, second - first, times.length],
    range: [from, to],
    stacked,
    axis: chart.axis,
    y: [scale.min, scale.max],
    log: scale.log,
    ticks: scale.ticks.map((tick, at) => [tick, labels[at]]),
    thresholds: thresholdStyle === "off" ? [] : thresholds.map(({ value, color }) => [value, color]),
    style: thresholdStyle,
    series: series.map((one) => seriesData(one, stacked, context)),
    marks: context.marks.list.map(({ from, to, kind, title, text, color }) => [
      from,
      to,
      color,
      [kind, title, text].filter(Boolean).join(" · "),
    ]),
  });
}

function seriesData(
  { name, color, dashed, width, fill, draw, joins, beneath, shown, values, drawn }: ChartSeries,
  stacked: boolean,
  context: DrawContext,
) {
  const { field, config } = shown;
  const links = (config.links ?? [])
    .map((link) => readyLink(link, { labels: field.labels, name, time: CLICKED }, context))
    .filter((link) => link !== undefined);
  return {
    name: name.slice(0, 160),
    color,
    dashed,
    width,
    fill,
    draw,
    joins,
    unit: config.unit ?? "",
    decimals: config.decimals ?? null,
    links: links.map((link) => [link.title, link.href]),
    beneath,
    values: values.map(short),
    ...(stacked ? { drawn: drawn.map(short) } : {}),
  };
}

/** Six digits are more than a pixel can show. */
function short(value: Value): number | null {
  return typeof value === "number" && Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
