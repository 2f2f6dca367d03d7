/** The kinds of panels that are not about one number or line: heatmaps, log lines, words. */
import * as common from "@grafana/grafana-foundation-sdk/common";
import * as heatmap from "@grafana/grafana-foundation-sdk/heatmap";
import * as logs from "@grafana/grafana-foundation-sdk/logs";
import * as text from "@grafana/grafana-foundation-sdk/text";
import { dress } from "./dress.ts";
import type { PanelText } from "./dress.ts";

/** How many events fell into each bucket; `unit` is that of the buckets' bounds. */
export function heat(words: PanelText): heatmap.PanelBuilder {
  return dress(new heatmap.PanelBuilder(), words)
    .calculate(false)
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme("Blues")
        .scale(heatmap.HeatmapColorScale.Exponential)
        .exponent(0.5)
        .steps(32),
    )
    .yAxis(new heatmap.YAxisConfigBuilder().unit(words.unit).axisPlacement(common.AxisPlacement.Left))
    .cellValues(new heatmap.CellValuesBuilder().unit("reqps"))
    .cellGap(1)
    .hideLegend();
}

/** Log lines, newest first. */
export function logLines(words: Omit<PanelText, "unit">): logs.PanelBuilder {
  return dress(new logs.PanelBuilder(), { ...words, unit: "none" })
    .showTime(true)
    .showLabels(false)
    .showCommonLabels(false)
    .wrapLogMessage(true)
    .prettifyLogMessage(false)
    .enableLogDetails(true)
    .dedupStrategy(common.LogsDedupStrategy.None)
    .sortOrder(common.LogsSortOrder.Descending);
}

/** Words in Markdown. */
export function note(title: string, description: string, content: string): text.PanelBuilder {
  return new text.PanelBuilder()
    .title(title)
    .description(description)
    .mode(text.TextMode.Markdown)
    .content(content);
}
