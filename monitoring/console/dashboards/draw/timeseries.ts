import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Frame } from "../data/frame.ts";
import { reduce, reducerWord } from "../data/reduce.ts";
import { textOf } from "../display/display.ts";
import { clipAt } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import { chartOf } from "./chart.ts";
import type { Chart, ChartSeries } from "./chart.ts";
import { chartData } from "./chart-data.ts";
import { chartSvg } from "./chart-svg.ts";
import type { DrawContext } from "./context.ts";
import { emptyPanel } from "./mark.ts";

/**
 * A graph: drawn here as SVG, so that it reads without script; the script replaces it with uPlot's, which says values
 * under the pointer and zooms. The legend is text and stays.
 */
export function timeseriesBody(
  panel: PanelOf<"timeseries">,
  frames: readonly Frame[],
  context: DrawContext,
): Html {
  const chart = chartOf(panel, frames);
  if (chart === undefined) return emptyPanel(panel.fieldConfig.defaults.noValue);
  const calcs = panel.options.legend.calcs.length > 0 ? panel.options.legend.calcs : ["lastNotNull"];
  return html`<figure class="graph" data-own data-chart="${chartData(panel, chart, context)}">
      ${chartSvg(chart, context, sayChart(panel.title, chart))}
    </figure>
    ${panel.options.legend.showLegend ? legend(panel, chart, calcs) : nothing}
    ${chart.notes.map((note) => html`<p class="notes">${note}.</p>`)}`;
}

function legend(
  { options, title }: PanelOf<"timeseries">,
  { series }: Chart,
  calcs: readonly string[],
): Html {
  if (options.legend.displayMode !== "table" && calcs.length === 1)
    return html`<ul class="legend" aria-label="${`Legend of ${title}, with the last values`}">
      ${series.map((one) => html`<li>${swatch(one)}<span class="name">${clip(one.name, clipAt.name)}</span> <span class="number">${calc(one, calcs[0] ?? "lastNotNull")}</span></li>`)}
    </ul>`;
  return html`<div
    class="scroll legend-table"
    tabindex="0"
    role="region"
    aria-label="${`Legend of ${title}`}"
  >
    <table>
      <thead>
        <tr>
          <th scope="col">series</th>
          ${calcs.map((id) => html`<th scope="col" class="number">${reducerWord(id)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${series.map(
          (one) =>
            html`<tr>
              <th scope="row">${swatch(one)}${clip(one.name, clipAt.name)}</th>
              ${calcs.map((id) => html`<td class="number">${calc(one, id)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function swatch({ color, dashed }: ChartSeries): Html {
  return html`<svg class="swatch c-${color}" viewBox="0 0 16 4" aria-hidden="true">
    <path class="${dashed ? "dashed" : ""}" d="M0 2H16" />
  </svg>`;
}

function calc({ shown, values }: ChartSeries, id: string): string {
  return textOf(reduce(id, values), shown.config);
}

/** The graph in words, for whoever does not see it. */
function sayChart(title: string, { series }: Chart): string {
  const said = series
    .slice(0, 6)
    .map(
      (one) =>
        `${one.name}: last ${calc(one, "lastNotNull")}, lowest ${calc(one, "min")}, highest ${calc(one, "max")}`,
    );
  const more = series.length > 6 ? `; and ${series.length - 6} more` : "";
  return `${title}, over time. ${said.join("; ")}${more}`;
}
