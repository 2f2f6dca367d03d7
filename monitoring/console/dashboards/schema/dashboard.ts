/** A dashboard file: Grafana's classic schema (v1), as far as the console draws it. */
import { z } from "zod";
import { linkSchema } from "./field-config.ts";
import { grafanaOnly } from "./grafana-only.ts";
import { dataSourceSchema, panelOrRowSchema } from "./panel.ts";

const currentSchema = z
  .looseObject({
    text: z.union([z.string(), z.array(z.string())]).optional(),
    value: z.union([z.string(), z.array(z.string())]).optional(),
  })
  .optional();

const common = {
  name: z.string().regex(/^\w{1,50}$/, { error: "want a name of letters, digits and _" }),
  label: z.string().nullish(),
  description: z.string().nullish(),
  /** 0 shown, 1 without its label, 2 hidden. */
  hide: z.number().optional(),
  current: currentSchema,
  ...grafanaOnly(
    "skipUrlSync",
    "options",
    "refresh",
    "id",
    "error",
    "state",
    "rootStateKey",
    "global",
    "index",
    "allowCustomValue",
    "staticOptions",
    "staticOptionsOrder",
    "auto_count",
    "auto_min",
    "multi",
    "includeAll",
    "auto",
  ),
};
const choice = {
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  allValue: z.string().nullish(),
};

const variableSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    ...choice,
    type: z.literal("query"),
    /** Grafana writes it as text, or with the editor's state around it. */
    query: z.union([z.string(), z.looseObject({ query: z.string() })]),
    definition: z.string().optional(),
    datasource: dataSourceSchema.nullish(),
    regex: z.string().optional(),
    sort: z.number().optional(),
    ...grafanaOnly("regexApplyTo", "tagValuesQuery", "tagsQuery", "useTags", "tags"),
  }),
  z.strictObject({
    ...common,
    ...choice,
    type: z.literal("custom"),
    query: z.string().prefault(""),
    ...grafanaOnly("valuesFormat"),
  }),
  z.strictObject({ ...common, type: z.literal("constant"), query: z.string() }),
  z.strictObject({
    ...common,
    type: z.literal("interval"),
    query: z.string(),
  }),
  z.strictObject({
    ...common,
    ...choice,
    type: z.literal("datasource"),
    query: z.string().prefault(""),
    regex: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal("textbox"),
    query: z.string().prefault(""),
    ...grafanaOnly("originalQuery"),
  }),
]);

const annotationSchema = z.strictObject({
  name: z.string(),
  enable: z.boolean().prefault(true),
  datasource: dataSourceSchema.nullish(),
  expr: z.string().optional(),
  target: z.looseObject({ expr: z.string().optional() }).nullish(),
  titleFormat: z.string().optional(),
  textFormat: z.string().optional(),
  iconColor: z.string().optional(),
  step: z.string().optional(),
  builtIn: z.number().optional(),
  hide: z.boolean().optional(),
  ...grafanaOnly("type"),
  tagKeys: z.string().optional(),
  useValueForTime: z.union([z.boolean(), z.string()]).optional(),
  ...grafanaOnly("filter", "placement", "mappings"),
});

export const dashboardSchema = z.strictObject({
  uid: z.string().regex(/^[\w-]{1,40}$/, { error: "want letters, digits, - and _, 40 at most" }),
  title: z.string().min(1, { error: "want a title" }),
  description: z.string().prefault(""),
  tags: z.array(z.string()).prefault([]),
  time: z.strictObject({ from: z.string(), to: z.string() }).prefault({ from: "now-6h", to: "now" }),
  /** `30s`, or empty for none. */
  refresh: z.union([z.string(), z.boolean()]).prefault("30s"),
  panels: z.array(panelOrRowSchema).prefault([]),
  templating: z.strictObject({ list: z.array(variableSchema).prefault([]) }).prefault({}),
  annotations: z.strictObject({ list: z.array(annotationSchema).prefault([]) }).prefault({}),
  links: z.array(linkSchema).prefault([]),
  ...grafanaOnly(
    "timepicker",
    "timezone",
    "editable",
    "graphTooltip",
    "fiscalYearStartMonth",
    "liveNow",
    "weekStart",
  ),
  schemaVersion: z.number().optional(),
  ...grafanaOnly("version", "revision", "id", "gnetId", "preload", "style"),
});

export type DashboardFile = z.output<typeof dashboardSchema>;
export type Variable = z.output<typeof variableSchema>;
export type Annotation = z.output<typeof annotationSchema>;
