/** The panels that the console draws, in Grafana's classic dashboard schema (v1). */
import { z } from "zod";
import { fieldConfigSchema, linkSchema } from "./field-config.ts";
import { grafanaOnly } from "./grafana-only.ts";
import {
  timeseriesOptions,
  statOptions,
  gaugeOptions,
  bargaugeOptions,
  tableOptions,
  heatmapOptions,
  stateTimelineOptions,
  logsOptions,
  textOptions,
} from "./panel-options.ts";

/** `{ "type": "prometheus", "uid": "prometheus" }`; the uid may be a variable. */
export const dataSourceSchema = z.strictObject({ type: z.string().optional(), uid: z.string() });

const targetSchema = z.strictObject({
  refId: z.string().prefault("A"),
  expr: z.string().prefault(""),
  datasource: dataSourceSchema.nullish(),
  legendFormat: z.string().optional(),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
  format: z.enum(["time_series", "table", "heatmap"]).optional(),
  /** The shortest step: `30s`, `1m`. */
  interval: z.string().optional(),
  hide: z.boolean().optional(),
  /** Loki's: `range`, `instant` or `stream`. */
  queryType: z.string().optional(),
  maxLines: z.number().optional(),
  // Grafana's alone:
  editorMode: z.string().optional(),
  exemplar: z.boolean().optional(),
  intervalFactor: z.number().optional(),
  step: z.union([z.string(), z.number()]).optional(),
  direction: z.string().optional(),
  resolution: z.number().optional(),
  key: z.string().optional(),
});

const transformationSchema = z.strictObject({
  id: z.string(),
  options: z.unknown(),
  disabled: z.boolean().optional(),
  filter: z.unknown().optional(),
  topic: z.string().optional(),
});

const gridPos = z.strictObject({
  x: z.int().min(0).max(23),
  y: z.int().min(0).max(10_000),
  w: z.int().min(1).max(24),
  h: z.int().min(1).max(60),
  static: z.boolean().optional(),
});

const common = {
  id: z.int().optional(),
  title: z.string().prefault(""),
  description: z.string().optional(),
  gridPos: gridPos.optional(),
  datasource: dataSourceSchema.nullish(),
  targets: z.array(targetSchema).prefault([]),
  fieldConfig: fieldConfigSchema.prefault({}),
  transformations: z.array(transformationSchema).prefault([]),
  links: z.array(linkSchema).prefault([]),
  interval: z.string().nullish(),
  maxDataPoints: z.number().nullish(),
  transparent: z.boolean().optional(),
  pluginVersion: z.string().optional(),
  ...grafanaOnly("cacheTimeout", "queryCachingTTL", "hideTimeOverride", "repeatDirection", "maxPerRow"),
};

const panel = <T extends string, O extends z.ZodType>(type: T, options: O) =>
  z.strictObject({ ...common, type: z.literal(type), options });

const timeseries = panel("timeseries", timeseriesOptions);
const stat = panel("stat", statOptions);
const gauge = panel("gauge", gaugeOptions);
const bargauge = panel("bargauge", bargaugeOptions);
const table = panel("table", tableOptions);
const heatmap = panel("heatmap", heatmapOptions);
const stateTimeline = panel("state-timeline", stateTimelineOptions);
const logs = panel("logs", logsOptions);
const text = panel("text", textOptions);

/** A panel of a type that only Grafana draws. The page says so, and what it would ask for. */
const foreign = z.object({
  ...common,
  type: z.literal("foreign"),
  /** The type in the file. */
  was: z.string(),
});

const panelSchemas = [
  timeseries,
  stat,
  gauge,
  bargauge,
  table,
  heatmap,
  stateTimeline,
  logs,
  text,
  foreign,
] as const;
const panelSchema = z.discriminatedUnion("type", panelSchemas);

const rowSchema = z.strictObject({
  type: z.literal("row"),
  id: z.int().optional(),
  title: z.string().prefault(""),
  collapsed: z.boolean().prefault(false),
  panels: z.array(panelSchema).prefault([]),
  gridPos: gridPos.optional(),
  ...grafanaOnly("datasource", "repeat", "targets", "fieldConfig", "options", "transparent", "links"),
});

/** What a dashboard's list of panels holds. */
export const panelOrRowSchema = z.discriminatedUnion("type", [rowSchema, ...panelSchemas]);

/** The types that are drawn, as a file spells them. */
export const DRAWN: readonly string[] = [
  "timeseries",
  "stat",
  "gauge",
  "bargauge",
  "table",
  "heatmap",
  "state-timeline",
  "logs",
  "text",
  "row",
];

export type Panel = z.output<typeof panelSchema>;
export type PanelOf<T extends Panel["type"]> = Extract<Panel, { type: T }>;
export type Row = z.output<typeof rowSchema>;
export type Target = z.output<typeof targetSchema>;
export type Transformation = z.output<typeof transformationSchema>;
