// Draws one graph with uPlot from what the server has put into its attribute (dashboards/draw/chart-data.ts).
import uPlot from "./uplot.js";
import { showTip } from "./tooltip.js";

/** The charts that are drawn, by their figure. */
const drawn = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const chart = drawn.get(target);
    if (chart) chart.plot.setSize(sizeOf(target));
  }
});

/** Draws a figure, or draws it anew when its data have changed. */
export function drawChart(figure) {
  const json = figure.dataset.chart;
  const before = drawn.get(figure);
  if (before?.json === json) return;
  const data = JSON.parse(json);
  before?.plot.destroy();
  if (!before) sizes.observe(figure);
  figure.replaceChildren();
  const words = document.createElement("p");
  words.className = "screen-reader";
  words.textContent = `${data.title}: ${data.series.map(({ name }) => name).join(", ")}. The values are in the legend.`;
  figure.append(words);
  const plot = new uPlot({ ...optionsOf(data, figure), ...sizeOf(figure) }, columnsOf(data), figure);
  drawn.set(figure, { plot, json });
}

/** Times, then a column a series; stacked ones by where their line is. */
function columnsOf({ times: [first, step, count], series }) {
  const times = Array.from({ length: count }, (_, at) => first + at * step);
  return [times, ...series.map(({ values, drawn }) => drawn ?? values)];
}

function sizeOf({ clientWidth, clientHeight }) {
  return { width: Math.max(200, clientWidth), height: Math.max(80, clientHeight) };
}

function optionsOf(data, figure) {
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--c-${name}`).trim();
  const text = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return {
    padding: [6, 8, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: {
      sync: { key: "board", scales: ["x", null], setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      y: false,
    },
    scales: {
      x: { time: true, range: () => data.range },
      y: { range: () => data.y, ...(data.log ? { distr: 3, log: data.log } : {}) },
    },
    axes: [
      {
        stroke: () => text("muted"),
        font,
        size: 24,
        grid: { show: false },
        ticks: { show: false },
        values: timeWords,
        space: 72,
      },
      {
        stroke: () => text("muted"),
        font,
        size: data.axis,
        align: 2,
        side: 3,
        grid: { stroke: () => text("raised-line"), width: 1 },
        ticks: { show: false },
        splits: () => data.ticks.map(([value]) => value),
        values: () => data.ticks.map(([, words]) => words),
        ...(data.log ? { filter: (_plot, splits) => splits } : {}),
      },
    ],
    series: [{}, ...data.series.map((one) => seriesOf(one, color))],
    bands: data.series.flatMap(({ beneath, color: its, fill }, at) =>
      beneath === null ? [] : [{ series: [at + 1, beneath + 1], fill: () => faint(color(its), fill) }],
    ),
    hooks: {
      drawClear: [(plot) => drawMarks(plot, data, color)],
      draw: [(plot) => drawThresholds(plot, data, color)],
      setCursor: [(plot) => showTip(plot, data, figure)],
      setSelect: [(plot) => zoom(plot)],
    },
  };
}

function seriesOf({ name, color: its, dashed, width, fill, draw, joins }, color) {
  const stroke = () => color(its);
  const paths = {
    bars: uPlot.paths.bars({ size: [0.8, 40], align: 0 }),
    points: () => null,
    after: uPlot.paths.stepped({ align: 1 }),
    before: uPlot.paths.stepped({ align: -1 }),
    smooth: uPlot.paths.spline(),
  }[draw];
  return {
    label: name,
    stroke,
    width: Math.max(1, width),
    ...(dashed ? { dash: [6, 4] } : {}),
    ...(fill > 0 || draw === "bars"
      ? { fill: () => faint(color(its), draw === "bars" ? 0.6 : Math.max(0.08, fill)) }
      : {}),
    ...(paths ? { paths } : {}),
    spanGaps: joins,
    // A value between two missing ones is a dot: a line needs two.
    points:
      draw === "points" ? { show: true, size: 4 } : { show: alone, size: 3, fill: stroke, filter: onlyAlone },
  };
}

function alone(plot, index) {
  return onlyAlone(plot, index, true).length > 0;
}

function onlyAlone(plot, index, show) {
  if (!show) return null;
  const values = plot.data[index];
  return [...values.keys()].filter(
    (at) => values[at] != null && values[at - 1] == null && values[at + 1] == null,
  );
}

function faint(color, share) {
  return `color-mix(in srgb, ${color} ${Math.round(share * 100)}%, transparent)`;
}

function drawMarks({ ctx, bbox, valToPos }, { marks }, color) {
  ctx.save();
  ctx.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const [from, to, its] of marks) {
    const [start, end] = [valToPos(from, "x", true), valToPos(to, "x", true)];
    if (end < bbox.left || start > bbox.left + bbox.width) continue;
    ctx.strokeStyle = color(its);
    ctx.fillStyle = faint(color(its), 0.07);
    const left = Math.max(start, bbox.left);
    ctx.fillRect(left, bbox.top, Math.min(end, bbox.left + bbox.width) - left, bbox.height);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function drawThresholds({ ctx, bbox, valToPos }, { thresholds, style, y: [low, high] }, color) {
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  if (style === "dashed") ctx.setLineDash([8 * devicePixelRatio, 5 * devicePixelRatio]);
  for (const [value, its] of thresholds) {
    if (value < low || value > high) continue;
    const at = valToPos(value, "y", true);
    ctx.strokeStyle = color(its);
    if (style === "area") {
      ctx.fillStyle = faint(color(its), 0.08);
      ctx.fillRect(bbox.left, bbox.top, bbox.width, at - bbox.top);
    }
    ctx.beginPath();
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
    ctx.stroke();
  }
  ctx.restore();
}

/** What was drawn across becomes the page's time range. */
function zoom(plot) {
  const { left, width } = plot.select;
  if (width < 8) return;
  const query = new URLSearchParams(location.search);
  for (const name of ["time", "time.window"]) query.delete(name);
  query.set("from", String(Math.round(plot.posToVal(left, "x") * 1000)));
  query.set("to", String(Math.round(plot.posToVal(left + width, "x") * 1000)));
  location.assign(`${location.pathname}?${query}`);
}

/** Days at midnight, else the clock; in UTC, as the server writes them. */
function timeWords(_plot, splits) {
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
    return seconds % 86_400 === 0 ? day : date.toISOString().slice(11, 16);
  });
}

/** Colours follow the system when it changes between light and dark. */
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const figure of document.querySelectorAll("[data-chart]")) drawn.get(figure)?.plot.redraw(false, true);
});
