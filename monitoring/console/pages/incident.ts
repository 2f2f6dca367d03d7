import { html } from "hono/html";
import { lanesChart } from "../lanes/lanes.ts";
import { storyChart } from "../timeline/chart.ts";
import { differencesOf } from "../timeline/differences.ts";
import type { Difference } from "../timeline/differences.ts";
import type { Measured } from "../timeline/measurements.ts";
import type { Story } from "../timeline/story.ts";
import { clockTime, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { seconds, storyState, storyTitle } from "./incidents.ts";
import { placeLinks } from "./places.ts";
import type { Places } from "./places.ts";

/** One incident: its lanes on one time axis, and beneath them what was predicted beside what was measured. */
export function incidentPage(story: Story, measured: Measured, places: Places, now: Date): Html {
  const slos = "slos" in measured ? measured.slos : [];
  return html`<p><a href="/incidents">All incidents</a></p>
    <div id="incident" data-live>
      <h1 class="title">${storyTitle(story)}</h1>
      <p>${storyState(story)}, began ${clockTime(story.startedAt)} UTC</p>
      ${placeLinks(places, story, now)}
      ${
        "problem" in measured
          ? html`<p class="line bad">
              <i class="cross"></i
              ><span
                >What Prometheus saw is missing here: ${measured.problem}. The rest is the console's
                own.</span
              >
            </p>`
          : nothing
      }
      ${lanesChart(storyChart(story, slos, now))} ${legend()} ${table(story, differencesOf(story, slos))}
    </div>`;
}

function legend(): Html {
  const key = (words: string, shape: Html): Html =>
    html`<span
      ><svg class="lane-plot" width="20" height="16" aria-hidden="true">${shape}</svg>${words}</span
    >`;
  return html`<p class="legend" id="legend">
    ${key("predicted", html`<line class="mark predicted" x1="10" x2="10" y1="0" y2="16" />`)}
    ${key("measured", html`<line class="mark measured" x1="10" x2="10" y1="0" y2="16" />`)}
    ${key("pending", html`<rect class="span bad hollow" x="2" y="3" width="16" height="10" />`)}
    ${key("on, or firing", html`<rect class="span bad" x="1" y="2" width="18" height="12" />`)}
    ${key("received", html`<circle class="mark heard bad" cx="10" cy="8" r="6" />`)}
    ${key("resolved", html`<circle class="mark over good" cx="10" cy="8" r="6" />`)}
  </p>`;
}

function table({ startedAt }: Story, rows: readonly Difference[]): Html {
  if (rows.length === 0)
    return html`<p class="empty">
      No tier has crossed its threshold, and none is predicted to. What is predicted, and what is measured,
      appears here side by side.
    </p>`;
  const after = (at: number | null): Html | string =>
    at === null ? "–" : html`<span title="${new Date(at).toISOString()}">${seconds(at - startedAt)}</span>`;
  return html`<section aria-labelledby="differences">
    <h2 id="differences">Predicted and measured, in seconds after the start</h2>
    <table class="difference">
      <thead>
        <tr>
          <th scope="col">what</th>
          <th scope="col" class="number">predicted</th>
          <th scope="col" class="number">measured</th>
          <th scope="col" class="number">difference</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ what, predicted, measured }) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td class="number">${after(predicted)}</td>
              <td class="number">${after(measured)}</td>
              <td class="number">
                ${predicted === null || measured === null ? "–" : seconds(measured - predicted)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="muted">
      The prediction is the crossing by arithmetic, for traffic that is as even as its mean: where few
      requests come, chance moves it by some seconds. Scraping, evaluation and Alertmanager's group wait come
      on top.
    </p>
  </section>`;
}
