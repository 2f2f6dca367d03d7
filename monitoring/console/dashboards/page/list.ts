import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { clipAt } from "../limits.ts";
import type { BrokenFile, Library } from "../library.ts";

/** What can be looked at, and what of the folder cannot. */
export function listPage({ dashboards, broken }: Library, grafana: string | null): Html {
  return html`<h1>Dashboards</h1>
    <p class="muted lead">
      Grafana's own files, drawn here where there is no Grafana.
      ${grafana === null ? nothing : html`Grafana shows the same at <a href="${grafana}/dashboards" rel="noopener noreferrer" target="_blank">${grafana}</a>.`}
    </p>
    ${brokenFiles(broken)}
    ${
      dashboards.length === 0
        ? html`<p class="empty">
            There is no dashboard yet. <code>npm run generate</code> writes them to
            <code>monitoring/generated/dashboards</code>.
          </p>`
        : html`<ul class="dashboards">
            ${dashboards.map(
              ({ uid, title, description, panels }) =>
                html`<li>
                  <a href="/dashboards/${uid}">${clip(title, clipAt.name)}</a>
                  <span>${clip(firstParagraph(description), clipAt.cell)}</span>
                  <span class="muted">${panels.filter(({ type }) => type !== "row").length} panels</span>
                </li>`,
            )}
          </ul>`
    }
    ${limits()}`;
}

export function firstParagraph(text: string): string {
  return text.split(/\n{2,}/)[0] ?? "";
}

function brokenFiles(broken: readonly BrokenFile[]): Html {
  return html`${broken.map(
    ({ file, problems, remedy }) =>
      html`<div class="banner bad" role="alert">
        <p><strong>${clip(file, clipAt.cell)} cannot be shown.</strong></p>
        <ul>
          ${problems.map((problem) => html`<li>${clip(problem, clipAt.line)}</li>`)}
        </ul>
        <p>${remedy}. The other dashboards are not affected.</p>
      </div>`,
  )}`;
}

/** What a person who knows Grafana will miss, said on every page. */
export function limits(): Html {
  return html`<details class="limits">
    <summary>Read-only, and less than Grafana</summary>
    <p>
      The console draws time series, stat, gauge, bar gauge, table, heatmap, state timeline, logs and text
      panels, with variables, thresholds, value mappings, links and annotations. Queries come from the files
      alone; times are UTC.
    </p>
    <p>
      It does not edit, explore, alert or share; draws no other panel types, no second axis and no repeated
      panels; and knows the transformations merge, join by field, organize, sort and limit. What a dashboard
      asks for beyond that is named on its page. Series, rows and lines beyond what a page can show are left
      out, and the panel says so.
    </p>
  </details>`;
}

/** For an address that names no dashboard. */
export function unknownDashboard(uid: string, library: Library, grafana: string | null): Html {
  return html`<div class="banner bad" role="alert">
      <p>
        <strong>There is no dashboard ${clip(uid, 60)}.</strong> These are here; a link from an old page may
        name one that was renamed.
      </p>
    </div>
    ${listPage(library, grafana)}`;
}
