/** What each panel type can be told, as far as the console heeds it; the rest is listed so that others can be named. */
import { z } from "zod";
import { grafanaOnly } from "./grafana-only.ts";

const reduceOptions = z
  .strictObject({
    calcs: z.array(z.string()).prefault(["lastNotNull"]),
    fields: z.string().optional(),
    values: z.boolean().optional(),
    limit: z.number().optional(),
  })
  .prefault({});

const legend = z
  .strictObject({
    showLegend: z.boolean().prefault(true),
    displayMode: z.string().prefault("list"),
    placement: z.string().prefault("bottom"),
    calcs: z.array(z.string()).prefault([]),
    ...grafanaOnly("asTable", "isVisible", "sortBy", "sortDesc", "width", "overflow", "limit"),
  })
  .prefault({});

export const timeseriesOptions = z
  .strictObject({ legend, ...grafanaOnly("tooltip", "timezone", "orientation", "annotations") })
  .prefault({});

export const statOptions = z
  .strictObject({
    reduceOptions,
    graphMode: z.string().prefault("area"),
    colorMode: z.string().prefault("value"),
    textMode: z.string().prefault("auto"),
    ...grafanaOnly(
      "justifyMode",
      "orientation",
      "text",
      "wideLayout",
      "showPercentChange",
      "percentChangeColorMode",
    ),
  })
  .prefault({});

export const gaugeOptions = z
  .strictObject({
    reduceOptions,
    ...grafanaOnly(
      "showThresholdLabels",
      "showThresholdMarkers",
      "orientation",
      "minVizWidth",
      "minVizHeight",
      "sizing",
      "text",
      "shape",
      "barShape",
      "barWidthFactor",
      "effects",
      "endpointMarker",
      "segmentCount",
      "segmentSpacing",
      "sparkline",
      "textMode",
    ),
  })
  .prefault({});

export const bargaugeOptions = z
  .strictObject({
    reduceOptions,
    ...grafanaOnly(
      "displayMode",
      "valueMode",
      "namePlacement",
      "showUnfilled",
      "sizing",
      "minVizWidth",
      "minVizHeight",
      "maxVizHeight",
      "orientation",
      "text",
      "legend",
    ),
  })
  .prefault({});

export const tableOptions = z
  .strictObject({
    showHeader: z.boolean().optional(),
    sortBy: z.array(z.strictObject({ displayName: z.string(), desc: z.boolean().optional() })).prefault([]),
    ...grafanaOnly(
      "cellHeight",
      "footer",
      "frameIndex",
      "showTypeIcons",
      "enablePagination",
      "frozenColumns",
      "maxRowHeight",
      "disableKeyboardEvents",
      "tooltip",
    ),
  })
  .prefault({});

export const heatmapOptions = z
  .strictObject({
    calculate: z
      .literal(false, { error: "want false: the console draws buckets that Prometheus counted" })
      .prefault(false),
    color: z.looseObject({ scale: z.string().optional(), exponent: z.number().optional() }).prefault({}),
    yAxis: z.looseObject({ unit: z.string().optional(), decimals: z.number().nullish() }).prefault({}),
    ...grafanaOnly(
      "calculation",
      "cellGap",
      "cellRadius",
      "cellValues",
      "rowsFrame",
      "filterValues",
      "showValue",
      "tooltip",
      "legend",
      "exemplars",
      "selectionMode",
      "annotations",
    ),
  })
  .prefault({});

export const stateTimelineOptions = z
  .strictObject({
    showValue: z.string().optional(),
    ...grafanaOnly(
      "rowHeight",
      "mergeValues",
      "alignValue",
      "legend",
      "tooltip",
      "perPage",
      "timezone",
      "annotations",
    ),
  })
  .prefault({});

export const logsOptions = z
  .strictObject({
    sortOrder: z.string().optional(),
    ...grafanaOnly(
      "showTime",
      "showLabels",
      "showCommonLabels",
      "wrapLogMessage",
      "prettifyLogMessage",
      "enableLogDetails",
      "dedupStrategy",
      "enableInfiniteScrolling",
      "showControls",
      "showLogContextToggle",
      "syntaxHighlighting",
      "fontSize",
      "detailsMode",
      "displayedFields",
      "timestampResolution",
      "unwrappedColumns",
      "controlsStorageKey",
      "showFieldSelector",
      "noInteractions",
      "showLogAttributes",
    ),
  })
  .prefault({});

export const textOptions = z.strictObject({
  content: z.string(),
  mode: z.enum(["markdown", "code"]).prefault("markdown"),
  ...grafanaOnly("code"),
});
