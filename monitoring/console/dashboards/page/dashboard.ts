import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Marks } from "../data/annotations.ts";
import { clipAt } from "../limits.ts";
import type { Library } from "../library.ts";
import type { DashboardRequest } from "../request.ts";
import type { ReadDashboard } from "../schema/read.ts";
import type { Choice } from "../variables/resolve.ts";
import { controls } from "./controls.ts";
import { layoutCssAddress } from "./layout-css.ts";
import { firstParagraph, limits } from "./list.ts";

/** What stands above the panels. */
export function dashboardHead(
  dashboard: ReadDashboard,
  { dashboards }: Library,
  request: DashboardRequest,
  choices: readonly Choice[],
): Html {
  const { uid, title, description } = dashboard;
  const problems = [request.problem, ...choices.map(({ problem }) => problem)].filter(
    (problem) => problem !== null,
  );
  const { from, to } = request.range.words;
  const time = new URLSearchParams({ from, to }).toString();
  return html`<link rel="stylesheet" href="${layoutCssAddress(dashboard)}" />
    <div data-live-from="/dashboard-frame"></div>
    <nav class="tabs" aria-label="Dashboards">
      ${dashboards.map((one) =>
        one.uid === uid
          ? html`<a href="/dashboards/${one.uid}?${time}" aria-current="page"
              >${clip(one.title, clipAt.name)}</a
            >`
          : html`<a href="/dashboards/${one.uid}?${time}">${clip(one.title, clipAt.name)}</a>`,
      )}
    </nav>
    <h1>${clip(title, clipAt.name)}</h1>
    <p class="muted lead">${clip(firstParagraph(description), clipAt.text)}</p>
    ${problems.map((problem) => html`<p class="banner bad" role="alert">${problem}</p>`)}
    ${controls(uid, choices, request.wanted, request.range)}`;
}

/** What stands beneath them. */
export function dashboardFoot({ notDrawn }: ReadDashboard, { list, problems }: Marks): Html {
  return html`<details class="marks">
      <summary>
        ${list.length === 0 ? "Nothing happened in this range" : `What happened in this range: ${list.length}`}
      </summary>
      ${problems.map((problem) => html`<p class="muted">${problem}</p>`)}
      <ol>
        ${list.toReversed().map(
          ({ from, to, kind, title, text, color }) =>
            html`<li>
              <svg class="swatch c-${color}" viewBox="0 0 4 16" aria-hidden="true"><path d="M2 0V16" /></svg>
              <time>${clock(from)}${to > from ? html` to ${clock(to)}` : nothing}</time>
              <span
                >${kind}:
                ${clip(title, clipAt.cell)}${text === "" ? "" : `, ${clip(text, clipAt.cell)}`}</span
              >
            </li>`,
        )}
      </ol>
    </details>
    ${
      notDrawn.length === 0
        ? nothing
        : html`<details class="limits">
            <summary>${notDrawn.length} parts of this dashboard's file are not drawn</summary>
            <ul>
              ${notDrawn.slice(0, 60).map((place) => html`<li><code>${place}</code></li>`)}
            </ul>
          </details>`
    }
    ${limits()}`;
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}
