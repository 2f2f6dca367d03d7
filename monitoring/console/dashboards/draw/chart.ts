/** A time series panel as plain data: what the server draws as SVG, and the script again with uPlot. */
import { fieldOf } from "../data/frame.ts";
import type { Frame, Value } from "../data/frame.ts";
import { seriesColor } from "../display/colors.ts";
import type { Color } from "../display/colors.ts";
import { colorFor, hasThresholds, stepsOf, textOf } from "../display/display.ts";
import type { Step } from "../display/display.ts";
import { showField } from "../display/field.ts";
import type { Shown } from "../display/field.ts";
import type { FieldConfig } from "../schema/field-config.ts";
import type { PanelOf } from "../schema/panel.ts";
import { scaleFor } from "./scale.ts";
import type { Scale } from "./scale.ts";

export interface ChartSeries {
  readonly name: string;
  readonly color: Color;
  readonly dashed: boolean;
  readonly width: number;
  /** 0 to 1. */
  readonly fill: number;
  readonly draw: "line" | "bars" | "points" | "before" | "after" | "smooth";
  /** Whether the line goes on over missing points. */
  readonly joins: boolean;
  readonly shown: Shown;
  readonly values: readonly Value[];
  /** Where the line is: on top of the series beneath it, when they are stacked. */
  readonly drawn: readonly Value[];
  /** The place of the series that it is stacked on; null for none. */
  readonly beneath: number | null;
}

/** How wide the axis of values is, in pixels: the style sheet has a class for each. */
const AXES = [48, 68, 96, 128] as const;

export interface Chart {
  readonly axis: (typeof AXES)[number];
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly stacked: boolean;
  readonly scale: Scale;
  /** The ticks' words, from the lowest. */
  readonly labels: readonly string[];
  readonly thresholds: readonly (Step & { readonly value: number })[];
  /** How thresholds are drawn. */
  readonly thresholdStyle: "off" | "line" | "dashed" | "area";
  /** What the panel asks for and the console draws otherwise. */
  readonly notes: readonly string[];
}

/** @returns the chart; undefined when no series has a point. */
export function chartOf({ fieldConfig }: PanelOf<"timeseries">, frames: readonly Frame[]): Chart | undefined {
  const shown = frames.flatMap((frame) =>
    frame.fields
      .filter(({ type, values }) => type === "number" && values.some((value) => value !== null))
      .map((field) => showField(frame, field, fieldConfig)),
  );
  const visible = shown.filter(({ config }) => config.custom?.hideFrom?.viz !== true);
  const [first] = visible;
  if (first === undefined) return undefined;
  const times = (fieldOf(first.frame, "time")?.values ?? []).map(Number);
  const stacked = visible.some(({ config }) => config.custom?.stacking?.mode === "normal");
  const series = stack(visible.map(seriesOf), stacked);
  const { config } = first;
  const thresholdStyle = styleOf(config);
  const thresholds =
    thresholdStyle === "off"
      ? []
      : stepsOf(config).filter((step): step is Step & { value: number } => step.value !== null);
  const scale = scaleOf(series, config, thresholds);
  const labels = scale.ticks.map((tick) => textOf(tick, { ...config, decimals: undefined }));
  return {
    times,
    series,
    stacked,
    scale,
    labels,
    axis: axisFor(labels),
    thresholds,
    thresholdStyle,
    notes: visible.some((one) => one.config.custom?.axisPlacement === "right")
      ? ["Series for a right axis stand on the left one"]
      : [],
  };
}

/** The narrowest axis that has room for the longest of its labels. */
export function axisFor(labels: readonly string[]): Chart["axis"] {
  const letters = labels.reduce((most, { length }) => Math.max(most, length), 0);
  return AXES.find((pixels) => letters * 6.2 + 8 <= pixels) ?? 128;
}

function seriesOf(shown: Shown, index: number): ChartSeries {
  const { config, field, name } = shown;
  const custom = config.custom ?? {};
  const mode = custom.drawStyle ?? "line";
  const interpolation = custom.lineInterpolation ?? "linear";
  const line =
    interpolation === "stepBefore"
      ? "before"
      : interpolation === "stepAfter"
        ? "after"
        : interpolation === "smooth"
          ? "smooth"
          : "line";
  const byPalette = config.color?.mode === undefined || config.color.mode === "thresholds";
  return {
    name,
    color: byPalette ? seriesColor(index) : (colorFor(null, config, index) ?? seriesColor(index)),
    // After the palette's end the colours begin again: a dash tells the second round apart.
    dashed: custom.lineStyle?.fill === "dash" || custom.lineStyle?.fill === "dot" || index >= 8,
    width: custom.lineWidth ?? 1,
    fill: (custom.fillOpacity ?? 0) / 100,
    draw: mode === "line" ? line : mode,
    joins: custom.spanNulls === true,
    shown,
    values: field.values,
    drawn: field.values,
    beneath: null,
  };
}

/** Lifts each series onto the one beneath it. One of nothing but zeros would paint its line over that, and has none. */
function stack(series: readonly ChartSeries[], stacked: boolean): ChartSeries[] {
  if (!stacked) return [...series];
  const sums: number[] = [];
  const lifted: ChartSeries[] = [];
  let beneath: number | null = null;
  for (const [index, one] of series.entries()) {
    const flat = one.values.every((value) => value === null || value === 0);
    const drawn = flat
      ? one.values.map(() => null)
      : one.values.map((value, at) => (sums[at] = (sums[at] ?? 0) + (typeof value === "number" ? value : 0)));
    lifted.push({ ...one, drawn, beneath });
    if (!flat) beneath = index;
  }
  return lifted;
}

function styleOf({ custom, thresholds }: FieldConfig): Chart["thresholdStyle"] {
  const mode = custom?.thresholdsStyle?.mode ?? "off";
  if (!hasThresholds(thresholds) || mode === "off" || mode === "series") return "off";
  if (mode.startsWith("dashed")) return "dashed";
  return mode === "line" ? "line" : "area";
}

function scaleOf(
  series: readonly ChartSeries[],
  config: FieldConfig,
  thresholds: readonly { readonly value: number }[],
): Scale {
  const numbers = series.flatMap(({ drawn }) =>
    drawn.filter((value): value is number => typeof value === "number" && Number.isFinite(value)),
  );
  let low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  let high = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low > high) [low, high] = [0, 1];
  const { custom, min, max } = config;
  const filled = series.some(({ fill, draw }) => fill > 0 || draw === "bars");
  const log = custom?.scaleDistribution?.type === "log" ? (custom.scaleDistribution.log ?? 10) : undefined;
  if (filled && log === undefined) [low, high] = [Math.min(0, low), Math.max(0, high)];
  // A threshold near the data is worth seeing; one far from it would press the data flat.
  const near = 2 * (high - low);
  for (const { value } of thresholds) {
    if (value > high && value - low <= near) high = value;
    if (value < low && high - value <= near) low = value;
  }
  const optional = (value: number | null | undefined): number | undefined => value ?? undefined;
  return scaleFor({
    low,
    high,
    min: optional(min),
    max: optional(max),
    softMin: custom?.axisSoftMin,
    softMax: custom?.axisSoftMax,
    log,
  });
}
