import { html } from "hono/html";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Value } from "../data/frame.ts";
import type { Chart, ChartSeries } from "./chart.ts";
import type { DrawContext } from "./context.ts";
import { shareOf } from "./scale.ts";
import { timeTicks } from "./time-axis.ts";

/** The drawing's own coordinates; it is stretched to its place, with lines that keep their width. */
const WIDE = 1000;
const HIGH = 200;

/** The graph without script: axes as text beside a stretched drawing. `style/dashboards.css` places the parts. */
export function chartSvg(chart: Chart, { scope, marks }: DrawContext, words: string): Html {
  const { from, to } = scope.range;
  const x = (time: number): number => Math.round(((time - from) / (to - from || 1)) * WIDE);
  const y = (value: number): number => Math.round((1 - shareOf(value, chart.scale)) * HIGH * 10) / 10;
  const ticks = timeTicks(from, to, 6);
  const { scale, labels, series, thresholds, thresholdStyle } = chart;
  return html`<div class="plot axis-${chart.axis}" role="img" aria-label="${words}">
    <svg class="y-axis">
      ${scale.ticks.map((tick, at) => html`<text x="100%" y="${percent(y(tick), HIGH)}">${labels[at]}</text>`)}
    </svg>
    <svg class="lines" viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none">
      ${scale.ticks.map((tick) => html`<path class="grid" d="M0 ${y(tick)}H${WIDE}" />`)}
      ${marks.list.map((mark) => html`<path class="mark c-${mark.color}" d="M${x(mark.from)} 0V${HIGH}" />`)}
      ${series.map((one) => seriesPath(one, chart, x, y))}
      ${thresholdStyle === "off" ? nothing : thresholds.filter(({ value }) => value >= scale.min && value <= scale.max).map(({ value, color }) => html`<path class="threshold ${thresholdStyle} c-${color}" d="M0 ${y(value)}H${WIDE}" />`)}
    </svg>
    <svg class="x-axis">
      ${ticks.map(({ at, text }) => html`<text x="${percent(x(at), WIDE)}" y="14">${text}</text>`)}
    </svg>
  </div>`;
}

function seriesPath(
  one: ChartSeries,
  { times, series }: Chart,
  x: (time: number) => number,
  y: (value: number) => number,
): Html {
  const line = linePath(one, times, x, y);
  const base = one.beneath === null ? [] : (series[one.beneath]?.drawn ?? []);
  const area = one.fill === 0 && one.draw !== "bars" ? "" : areaPath(one, base, times, x, y);
  return html`${area === "" ? nothing : html`<path class="area c-${one.color}" d="${area}" fill-opacity="${one.draw === "bars" ? 0.6 : Math.max(0.08, one.fill)}" />`}
  ${one.draw === "bars" ? nothing : html`<path class="line c-${one.color} ${one.dashed ? "dashed" : ""}" d="${line}" stroke-width="${Math.max(1, one.width)}" />`}`;
}

/** Missing points end the line; a point alone becomes a dot. */
function linePath(
  { drawn, draw, joins }: ChartSeries,
  times: readonly number[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let before: number | null = null;
  drawn.forEach((value, at) => {
    if (typeof value !== "number") {
      if (!joins) before = null;
      return;
    }
    const point = `${x(times[at] ?? 0)} ${y(value)}`;
    if (before === null || draw === "points") path += `M${point}h0`;
    else if (draw === "after") path += `H${x(times[at] ?? 0)}V${y(value)}`;
    else if (draw === "before") path += `V${y(value)}H${x(times[at] ?? 0)}`;
    else path += `L${point}`;
    before = value;
  });
  return path;
}

/** From each stretch of the line down to zero, or to the series beneath. */
function areaPath(
  { drawn }: ChartSeries,
  base: readonly Value[],
  times: readonly number[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  const floor = (at: number): number => y(typeof base[at] === "number" ? base[at] : 0);
  let path = "";
  let stretch: number[] = [];
  const close = (): void => {
    if (stretch.length > 1) {
      const up = stretch.map((at) => `${x(times[at] ?? 0)} ${y(Number(drawn[at]))}`);
      const down = stretch.toReversed().map((at) => `${x(times[at] ?? 0)} ${floor(at)}`);
      path += `M${[...up, ...down].join("L")}Z`;
    }
    stretch = [];
  };
  drawn.forEach((value, at) => {
    if (typeof value === "number") stretch.push(at);
    else close();
  });
  close();
  return path;
}

function percent(value: number, of: number): string {
  return `${((value / of) * 100).toFixed(2)}%`;
}
