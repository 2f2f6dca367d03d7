import type * as bargauge from "@grafana/grafana-foundation-sdk/bargauge";
import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import type * as gauge from "@grafana/grafana-foundation-sdk/gauge";
import type * as heatmap from "@grafana/grafana-foundation-sdk/heatmap";
import type * as logs from "@grafana/grafana-foundation-sdk/logs";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as statetimeline from "@grafana/grafana-foundation-sdk/statetimeline";
import type * as table from "@grafana/grafana-foundation-sdk/table";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import type { Override } from "./colours.ts";
import { runbook } from "./links.ts";
import type { Query } from "./queries.ts";
import { noSteps, thresholdList } from "./thresholds.ts";
import type { Steps } from "./thresholds.ts";

/** What a person must say of every panel. */
export interface PanelText {
  readonly title: string;
  /** What it shows, and what to do with it. */
  readonly description: string;
  /** Grafana's name of the unit: `percentunit`, `s`, `reqps`, `suffix: ×`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** @default one colour, no threshold */
  readonly steps?: Steps;
  /** Digits behind the point. @default as Grafana sees fit */
  readonly decimals?: number;
  /** Shown where there is no value, because none is a good sign or an expected one. @default Grafana's own */
  readonly empty?: string;
  /** What values mean: text and colour. @default the number itself */
  readonly states?: Readonly<Record<string, dashboard.ValueMappingResult>>;
  readonly overrides?: readonly Override[];
  /** A page of monitoring/runbooks, without `.md`. @default none */
  readonly runbook?: string;
}

type AnyBuilder =
  | bargauge.PanelBuilder
  | gauge.PanelBuilder
  | heatmap.PanelBuilder
  | logs.PanelBuilder
  | stat.PanelBuilder
  | statetimeline.PanelBuilder
  | table.PanelBuilder
  | timeseries.PanelBuilder;

/** Gives a panel its words, queries, unit, thresholds and runbook. */
export function dress<B extends AnyBuilder>(panel: B, text: PanelText): B {
  const { title, description, unit, queries, steps = noSteps } = text;
  panel.title(title).description(description).unit(unit);
  const [first] = queries;
  if (first !== undefined) panel.datasource(first.build().datasource ?? {});
  queries.forEach((query, index) => panel.withTarget(query.refId(refId(index))));
  panel.thresholds(
    new dashboard.ThresholdsConfigBuilder()
      .mode(dashboard.ThresholdsMode.Absolute)
      .steps(thresholdList(steps)),
  );
  panel.colorScheme(new dashboard.FieldColorBuilder().mode(colourMode(panel)));
  if (text.decimals !== undefined) panel.decimals(text.decimals);
  if (text.empty !== undefined) panel.noValue(text.empty);
  if (text.states !== undefined) {
    panel.mappings([{ type: dashboard.MappingType.ValueToText, options: { ...text.states } }]);
  }
  panel.overrides((text.overrides ?? []).map(toOverride));
  if (text.runbook !== undefined) panel.links([runbook(text.runbook)]);
  return panel;
}

/** A, B, C …: a panel with more than 26 queries would be no panel. */
export function refId(index: number): string {
  return String.fromCodePoint(65 + index);
}

/** Lines are told apart by colour; every other kind is coloured by its thresholds. */
function colourMode(panel: AnyBuilder): dashboard.FieldColorModeId {
  const { PaletteClassicByName, Thresholds } = dashboard.FieldColorModeId;
  return panel.build().type === "timeseries" ? PaletteClassicByName : Thresholds;
}

function toOverride({ name, properties }: Override) {
  const matcher = { id: name.startsWith("/") ? "byRegexp" : "byName", options: name };
  return { matcher, properties: [...properties] };
}
