import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { AbsentSourceError, DataSourceError } from "../data/ask.ts";
import type { PanelData } from "../data/load.ts";
import { clipAt } from "../limits.ts";
import type { Panel } from "../schema/panel.ts";
import { interpolateText } from "../variables/interpolate.ts";
import { barGaugeBody } from "./bar-gauge.ts";
import type { DrawContext } from "./context.ts";
import { gaugeBody } from "./gauge.ts";
import { heatmapBody } from "./heatmap.ts";
import { readyLink } from "./link.ts";
import { anchor } from "./links.ts";
import { logsBody } from "./logs.ts";
import { emptyPanel } from "./mark.ts";
import { markdown } from "./markdown.ts";
import { statBody } from "./stat.ts";
import { stateTimelineBody } from "./state-timeline.ts";
import { tableBody } from "./table.ts";
import { timeseriesBody } from "./timeseries.ts";

/** A panel with its number on the dashboard. */
export type Placed = Panel & { readonly id: number };

/** What became of a panel's questions. */
export type Outcome = { readonly data: PanelData } | { readonly error: unknown };

/** A panel with its title, its description behind an `i`, its links, and what it shows or why it cannot. */
export function panelSection(panel: Placed, outcome: Outcome, context: DrawContext, level: 2 | 3): Html {
  const title = clip(interpolateText(panel.title, { ...context.scope, step: 0.001, scrape: 1 }), clipAt.name);
  const named = { ...panel, title: title || `Panel ${panel.id}` } as Placed;
  const heading =
    level === 2
      ? html`<h2 id="panel-${panel.id}-title">${named.title}</h2>`
      : html`<h3 id="panel-${panel.id}-title">${named.title}</h3>`;
  const failed = "error" in outcome;
  return html`<section
    class="panel t-${panel.type}"
    id="panel-${panel.id}"
    data-panel="${panel.id}"
    aria-labelledby="panel-${panel.id}-title"
  >
    <header>${heading} ${about(named, context)}</header>
    <div class="body">${failed ? failure(outcome.error) : body(named, outcome.data, context)}</div>
    ${failed ? nothing : outcome.data.notes.map((note) => html`<p class="notes">${note}.</p>`)}
  </section>`;
}

function body(panel: Placed, { frames, lines }: PanelData, context: DrawContext): Html {
  switch (panel.type) {
    case "timeseries":
      return timeseriesBody(panel, frames, context);
    case "stat":
      return statBody(panel, frames, context);
    case "gauge":
      return gaugeBody(panel, frames, context);
    case "bargauge":
      return barGaugeBody(panel, frames, context);
    case "table":
      return tableBody(panel, frames, context);
    case "heatmap":
      return heatmapBody(panel, frames, context);
    case "state-timeline":
      return stateTimelineBody(panel, frames, context);
    case "logs":
      return logsBody(panel, lines);
    case "text":
      return panel.options.mode === "code"
        ? html`<pre>${clip(panel.options.content, clipAt.text)}</pre>`
        : html`<div class="prose">
            ${markdown(interpolateText(panel.options.content, { ...context.scope, step: 0.001, scrape: 1 }), context)}
          </div>`;
    case "foreign":
      return foreign(panel.was, panel.targets);
    default:
      return panel satisfies never;
  }
}

function foreign(type: string, targets: Panel["targets"]): Html {
  return html`<p class="no-data">
      The console does not draw panels of type ${type}; Grafana does. It would ask:
    </p>
    <pre>${clip(targets.map(({ expr }) => expr).join("\n"), clipAt.line) || "nothing"}</pre>`;
}

function about({ title, description, links }: Placed, context: DrawContext): Html {
  const ready = links.map((link) => readyLink(link, {}, context)).filter((link) => link !== undefined);
  if (!description && ready.length === 0) return nothing;
  return html`<details class="info">
    <summary aria-label="${`About: ${title}`}" title="${description ?? ""}">
      <span aria-hidden="true">i</span>
    </summary>
    <div>
      ${description ? html`<p>${clip(interpolateText(description, { ...context.scope, step: 0.001, scrape: 1 }), clipAt.text)}</p>` : nothing}
      ${ready.map((link) => html`<p>${anchor(link, link.title)}</p>`)}
    </div>
  </details>`;
}

/** Only what was written for people is shown; anything else is a fault of the console's own. */
function failure(error: unknown): Html {
  if (error instanceof AbsentSourceError) return emptyPanel(`${error.message}.`);
  const said = error instanceof DataSourceError || error instanceof RangeError;
  return html`<p class="failed" role="note">
    <i class="cross"></i>${said ? error.message : "The console could not draw this panel; its log says why"}.
  </p>`;
}
