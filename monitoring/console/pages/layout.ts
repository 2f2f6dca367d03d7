import { html } from "hono/html";
import type { OverviewReading } from "../overview/overview.ts";
import { moment, nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";
import { nav } from "./nav.ts";
import type { NavKey } from "./nav.ts";

/** What every page knows of the stack that it belongs to. */
export interface Stack {
  /** Where a browser finds the other programs; null where there is none. */
  readonly links: {
    readonly prometheus: string;
    readonly alertmanager: string;
    readonly grafana: string | null;
  };
  /** How many times faster than real the stack runs. */
  readonly timeScale: number;
  /** What does not run here, in words. */
  readonly note: string | null;
}

export interface Page {
  readonly title: string;
  readonly active: NavKey | null;
  readonly stack: Stack;
  readonly reading: OverviewReading;
  readonly now: Date;
  /** The version of the live updates that the page is made of. */
  readonly version: number;
  readonly body: Html;
  /** Addresses of further scripts that this page alone needs. @default none */
  readonly scripts?: readonly string[];
}

/** Addresses of the static files, with the digest of their content. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly icon: string;
  readonly dashboards: string;
  readonly dashboardStyle: string;
}

/** The frame of every page. Whatever carries `data-live` and an id is renewed in place by the script. */
export function layout(page: Page, assets: Assets): Html {
  const { title, active, stack, reading, now, version, body, scripts = [] } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · burnrate</title>
        <link rel="stylesheet" href="${assets.style}" />
        <link rel="icon" href="${assets.icon}" type="image/svg+xml" />
        ${[assets.script, ...scripts].map((src) => html`<script src="${src}" type="module"></script>`)}
      </head>
      <body data-version="${version}">
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <nav aria-label="Console">
            <a class="brand" href="/">burnrate</a>
            ${nav.map(({ key, href, text }) => navLink(href, text, active === key))}
          </nav>
          <nav aria-label="The rest of the stack" class="stack">
            ${stackLink(stack.links.prometheus, "Prometheus")}
            ${stackLink(stack.links.alertmanager, "Alertmanager")}
            ${stack.links.grafana === null ? nothing : stackLink(stack.links.grafana, "Grafana")}
            ${targets(reading)}
          </nav>
        </header>
        <main id="content">
          <p class="banner bad" id="offline" role="status" hidden>
            Live updates have stopped: the console does not answer. Trying again…
          </p>
          <p class="banner bad" id="refused" role="alert" hidden></p>
          ${scaleBanner(stack.timeScale)} ${unreachableBanner(reading, stack, now)} ${body}
        </main>
        <footer>${stack.note === null ? nothing : html`<p>${stack.note}</p>`}</footer>
      </body>
    </html>`;
}

function navLink(href: string, text: string, current: boolean): Html {
  return current
    ? html`<a href="${href}" aria-current="page">${text}</a>`
    : html`<a href="${href}">${text}</a>`;
}

function stackLink(href: string, text: string): Html {
  return html`<a href="${href}" rel="noopener noreferrer">${text}</a>`;
}

function targets({ overview, unreachable }: OverviewReading): Html {
  const { up, total } = overview?.targets ?? { up: 0, total: 0 };
  if (unreachable !== null || overview === null)
    return html`<span id="targets" data-live class="word muted">targets unknown</span>`;
  if (total === 0) return html`<span id="targets" data-live class="word muted">no targets yet</span>`;
  return up === total
    ? html`<span id="targets" data-live class="word good"><i class="dot"></i>all ${total} targets up</span>`
    : html`<a id="targets" data-live class="word bad" href="/#down"
        ><i class="cross"></i>${total - up} of ${total} targets down</a
      >`;
}

function scaleBanner(timeScale: number): Html {
  if (timeScale === 1) return nothing;
  const minutes = Number((60 / timeScale).toPrecision(2));
  return html`<p class="banner scale">
    <strong>Time runs ×${timeScale}</strong>
    <span
      >a 1 h window is ${minutes === 1 ? "1 min" : `${minutes} min`}, 30 d are
      ${Number((720 / timeScale).toPrecision(2))} h</span
    >
  </p>`;
}

function unreachableBanner({ unreachable, at }: OverviewReading, stack: Stack, now: Date): Html {
  if (unreachable === null) return html`<div id="unreachable" data-live></div>`;
  return html`<div id="unreachable" data-live>
    <div class="banner bad" role="alert">
      <p>
        <strong>Prometheus unreachable since ${moment(unreachable.since)}</strong>
        (${timeAgo(unreachable.since, now)}). ${unreachable.reason}.
      </p>
      <p>
        ${at === null ? "Nothing is known of any SLO yet." : html`What you see is from ${timeAgo(at, now)}.`}
        Notifications are taken all the same. Look whether it runs, at ${stack.links.prometheus}; the console
        asks again by itself.
      </p>
    </div>
  </div>`;
}
