/**
 * How a value is shown: unit, thresholds, mappings, links; the part of Grafana's `fieldConfig` (dashboard schema v1,
 * kinds/dashboard) that the console knows. Keys that only Grafana heeds are listed too, so that others can be named.
 */
import { z } from "zod";
import { grafanaOnly } from "./grafana-only.ts";

const colorSchema = z.strictObject({
  mode: z.string(),
  fixedColor: z.string().optional(),
  seriesBy: z.string().optional(),
});

const thresholdsSchema = z.strictObject({
  mode: z.enum(["absolute", "percentage"]),
  /** Ascending; the first has no value and is the base. */
  steps: z.array(z.strictObject({ color: z.string(), value: z.number().nullish() })).min(1),
});

const mappingResult = z.strictObject({
  text: z.string().optional(),
  color: z.string().optional(),
  icon: z.string().optional(),
  index: z.number().optional(),
});

const mappingSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("value"), options: z.record(z.string(), mappingResult) }),
  z.strictObject({
    type: z.literal("range"),
    options: z.strictObject({
      from: z.number().nullish(),
      to: z.number().nullish(),
      result: mappingResult,
    }),
  }),
  z.strictObject({
    type: z.literal("regex"),
    options: z.strictObject({ pattern: z.string(), result: mappingResult }),
  }),
  z.strictObject({
    type: z.literal("special"),
    options: z.strictObject({
      match: z.enum(["true", "false", "null", "nan", "null+nan", "empty"]),
      result: mappingResult,
    }),
  }),
]);

export const linkSchema = z.strictObject({
  title: z.string(),
  url: z.string().prefault(""),
  targetBlank: z.boolean().optional(),
  // Of a dashboard's and a panel's links:
  type: z.string().optional(),
  icon: z.string().optional(),
  tooltip: z.string().optional(),
  tags: z.array(z.string()).optional(),
  asDropdown: z.boolean().optional(),
  includeVars: z.boolean().optional(),
  keepTime: z.boolean().optional(),
  oneClick: z.boolean().optional(),
});

/** How a panel type draws a field. One list for all types: a key of another type has no effect. */
const customSchema = z.strictObject({
  drawStyle: z.enum(["line", "bars", "points"]).optional(),
  lineInterpolation: z.enum(["linear", "smooth", "stepBefore", "stepAfter"]).optional(),
  lineWidth: z.number().optional(),
  lineStyle: z.strictObject({ fill: z.string().optional(), dash: z.array(z.number()).optional() }).optional(),
  fillOpacity: z.number().optional(),
  spanNulls: z.union([z.boolean(), z.number()]).optional(),
  showPoints: z.string().optional(),
  pointSize: z.number().optional(),
  stacking: z.strictObject({ mode: z.string(), group: z.string().optional() }).optional(),
  thresholdsStyle: z.strictObject({ mode: z.string() }).optional(),
  axisPlacement: z.string().optional(),
  axisLabel: z.string().optional(),
  axisSoftMin: z.number().optional(),
  axisSoftMax: z.number().optional(),
  scaleDistribution: z
    .strictObject({ type: z.string(), log: z.number().optional(), linearThreshold: z.number().optional() })
    .optional(),
  hideFrom: z.strictObject({ legend: z.boolean(), tooltip: z.boolean(), viz: z.boolean() }).optional(),
  align: z.string().optional(),
  width: z.number().optional(),
  hidden: z.boolean().optional(),
  cellOptions: z.looseObject({ type: z.string() }).optional(),
  ...grafanaOnly(
    "gradientMode",
    "insertNulls",
    "barAlignment",
    "barWidthFactor",
    "barMaxWidth",
    "axisCenteredZero",
    "axisColorMode",
    "axisBorderShow",
    "axisGridShow",
    "axisWidth",
    "lineColor",
    "fillColor",
    "fillBelowTo",
    "pointColor",
    "pointSymbol",
    "minWidth",
    "inspect",
    "filterable",
    "wrapHeaderText",
    "wrapText",
    "footer",
    "showValues",
  ),
});

const fieldShape = {
  unit: z.string().optional(),
  decimals: z.number().nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
  displayName: z.string().optional(),
  noValue: z.string().optional(),
  color: colorSchema.optional(),
  thresholds: thresholdsSchema.optional(),
  mappings: z.array(mappingSchema).optional(),
  links: z.array(linkSchema).optional(),
  ...grafanaOnly(
    "description",
    "displayNameFromDS",
    "fieldMinMax",
    "filterable",
    "path",
    "writeable",
    "actions",
  ),
};

/** `unit`, `custom.width` and so on, each with the form of its value. */
const propertySchemas = [
  ...Object.entries(fieldShape),
  ...Object.entries(customSchema.shape).map(([key, schema]) => [`custom.${key}`, schema] as const),
].map(([id, value]) => z.strictObject({ id: z.literal(id), value }));

const overrideSchema = z.strictObject({
  matcher: z.discriminatedUnion("id", [
    z.strictObject({ id: z.enum(["byName", "byRegexp", "byType", "byFrameRefID"]), options: z.string() }),
    z.strictObject({
      id: z.literal("byNames"),
      options: z.strictObject({
        names: z.array(z.string()),
        mode: z.string().optional(),
        prefix: z.string().optional(),
        readOnly: z.boolean().optional(),
      }),
    }),
  ]),
  properties: z.array(z.discriminatedUnion("id", propertySchemas as [(typeof propertySchemas)[number]])),
});

export const fieldConfigSchema = z.strictObject({
  defaults: z.strictObject({ ...fieldShape, custom: customSchema.optional() }).prefault({}),
  overrides: z.array(overrideSchema).prefault([]),
});

export type FieldConfigSource = z.output<typeof fieldConfigSchema>;
export type FieldConfig = FieldConfigSource["defaults"];
export type Override = FieldConfigSource["overrides"][number];
export type Mapping = z.output<typeof mappingSchema>;
export type Thresholds = z.output<typeof thresholdsSchema>;
export type DataLink = z.output<typeof linkSchema>;
