/** What all panels of a kind have in common. A panel of a dashboard is one call of one of these. */
import * as bargauge from "@grafana/grafana-foundation-sdk/bargauge";
import * as common from "@grafana/grafana-foundation-sdk/common";
import * as gauge from "@grafana/grafana-foundation-sdk/gauge";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import * as statetimeline from "@grafana/grafana-foundation-sdk/statetimeline";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import { dress } from "./dress.ts";
import type { PanelText } from "./dress.ts";
import { noSteps } from "./thresholds.ts";

/** Lines over time. With `thresholds`, each is a dashed line across the graph. */
export function graph(text: PanelText): timeseries.PanelBuilder {
  const style =
    text.steps === undefined ? common.GraphThresholdsStyleMode.Off : common.GraphThresholdsStyleMode.Dashed;
  return dress(new timeseries.PanelBuilder(), { ...text, steps: text.steps ?? noSteps })
    .lineWidth(1)
    .fillOpacity(5)
    .showPoints(common.VisibilityMode.Never)
    .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(style))
    .legend(legend())
    .tooltip(everything());
}

/** Lines that add up to a whole, from zero. */
export function stack(text: PanelText): timeseries.PanelBuilder {
  return graph(text)
    .min(0)
    .fillOpacity(40)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group("A"));
}

/** One large number, coloured by its thresholds. */
export function number(text: PanelText): stat.PanelBuilder {
  return dress(new stat.PanelBuilder(), text)
    .reduceOptions(last())
    .graphMode(common.BigValueGraphMode.None)
    .colorMode(common.BigValueColorMode.Value)
    .textMode(common.BigValueTextMode.Auto)
    .orientation(common.VizOrientation.Auto);
}

/** A number between two ends, `min` and `max`. */
export function dial(text: PanelText, min: number, max: number): gauge.PanelBuilder {
  return dress(new gauge.PanelBuilder(), text)
    .reduceOptions(last())
    .min(min)
    .max(max)
    .showThresholdMarkers(true)
    .showThresholdLabels(false);
}

/** A bar for each series, side by side, from `min` to `max`; the number stands beside it. */
export function bars(text: PanelText, min: number, max?: number): bargauge.PanelBuilder {
  const builder = dress(new bargauge.PanelBuilder(), text)
    .reduceOptions(last())
    .orientation(common.VizOrientation.Horizontal)
    .displayMode(common.BarGaugeDisplayMode.Basic)
    .valueMode(common.BarGaugeValueMode.Color)
    .showUnfilled(true)
    .min(min);
  return max === undefined ? builder : builder.max(max);
}

/** A lane for each series, coloured by its state; `states` in the text say what each value means. */
export function lanes(text: PanelText): statetimeline.PanelBuilder {
  return dress(new statetimeline.PanelBuilder(), text)
    .mergeValues(true)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .showValue(common.VisibilityMode.Never)
    .legend(legend());
}

function legend(): common.VizLegendOptionsBuilder {
  return new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom)
    .calcs([]);
}

function everything(): common.VizTooltipOptionsBuilder {
  return (
    new common.VizTooltipOptionsBuilder()
      .mode(common.TooltipDisplayMode.Multi)
      // oxlint-disable-next-line unicorn/no-array-sort -- a builder's, not an array's
      .sort(common.SortOrder.Descending)
  );
}

function last(): common.ReduceDataOptionsBuilder {
  return new common.ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false).fields("");
}
