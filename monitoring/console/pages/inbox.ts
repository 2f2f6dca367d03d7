import { html } from "hono/html";
import { listLimits } from "../limits.ts";
import type { LostDeliveries } from "../overview/lost-deliveries.ts";
import type { Listed } from "../store.ts";
import { nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";
import { lostRow } from "./lost-row.ts";
import { CHANNEL_NAMES, stateMark } from "./state-mark.ts";

/** What the list may be narrowed to; `failures` are the deliveries that were refused, or never arrived. */
export const filters = ["all", "pagerduty", "slack", "email", "failures"] as const;
type Filter = (typeof filters)[number];

export interface InboxView {
  readonly filter: Filter;
  /** Newest first. */
  readonly listed: readonly Listed[];
  /** What Alertmanager could not deliver in the time of this page of the list. */
  readonly lost: readonly LostDeliveries[];
  /** The id that the page of the list ends before; null on the first page. */
  readonly before: number | null;
  readonly shown: number | null;
  /** The right-hand side: a message, or what stands there without one. */
  readonly pane: Html;
  readonly dead: Html;
  /** Where this console is, for the line that shows how to make a notification appear. */
  readonly origin: string;
  readonly now: Date;
}

/** Page 3: every notification as the person on call would see it. */
export function inboxPage(view: InboxView): Html {
  return html`<h1 class="quiet-heading">Inbox</h1>
    ${view.dead}
    <div class="inbox ${view.shown === null ? "" : "reading"}" id="inbox-view" data-live>
      <section class="list" aria-label="Notifications, newest first">
        <nav class="filters" aria-label="Show">
          ${filters.map((filter) => filterLink(filter, view.filter))}
        </nav>
        <ol class="notifications" id="notifications">
          ${rows(view)}
        </ol>
        ${view.listed.length + view.lost.length === 0 ? empty(view) : nothing} ${pages(view)}
      </section>
      <section class="pane" id="pane" aria-label="Message" tabindex="-1">
        ${view.shown === null ? nothing : html`<a class="back" href="${address(view, {})}">Back to the list</a>`}
        ${view.pane}
      </section>
    </div>`;
}

/** What was received and what was not, in the order of time. */
function rows(view: InboxView): Html[] {
  return [
    ...view.listed.map((listed) => ({ at: Date.parse(listed.received_at), row: row(listed, view) })),
    ...view.lost.map((lost) => ({ at: lost.from, row: lostRow(lost, view.now) })),
  ]
    .toSorted((a, b) => b.at - a.at)
    .map(({ row }) => row);
}

function row(listed: Listed, view: InboxView): Html {
  const { id, channel, state, severity, service, summary, received_at, deliveries } = listed;
  const current = view.shown === id ? html`aria-current="true"` : nothing;
  return html`<li id="n${id}">
    <a href="${address(view, { show: id })}" ${current}>
      <span class="channel">${CHANNEL_NAMES[channel]}</span>
      ${stateMark(state, severity)}
      <span class="service">${service ?? "–"}</span>
      <span class="age">${timeAgo(received_at, view.now)}</span>
      <span class="summary"
        >${summary}${deliveries > 1 ? html` <span class="muted">(sent ${deliveries} times)</span>` : nothing}</span
      >
    </a>
  </li>`;
}

function filterLink(filter: Filter, current: Filter): Html {
  const text = filter === "all" ? "All" : filter === "failures" ? "Failures" : CHANNEL_NAMES[filter];
  const mark = filter === current ? html`aria-current="page"` : nothing;
  return html`<a href="${filter === "all" ? "/inbox" : `/inbox?filter=${filter}`}" ${mark}>${text}</a> `;
}

function empty({ filter, before, origin }: InboxView): Html {
  if (before !== null) return html`<p class="empty">Nothing older is kept.</p>`;
  if (filter === "failures")
    return html`<p class="empty">
      No delivery has been refused, and Alertmanager could make them all. What is malformed or too large, and
      what never arrived, appears here, with the reason.
    </p>`;
  const what = filter === "all" ? "Nothing" : `Nothing through ${CHANNEL_NAMES[filter]}`;
  return html`<div class="empty">
    <p>${what} has been delivered yet. Notifications appear here the moment that Alertmanager sends them.</p>
    <p>To see one now, send it yourself:</p>
    <pre><code>curl -d '{"text":"Hello, on-call"}' ${origin}/services/T0/B0/local</code></pre>
  </div>`;
}

function pages(view: InboxView): Html {
  const last = view.listed.at(-1);
  const older = view.listed.length === listLimits.page && last !== undefined;
  if (!older && view.before === null) return nothing;
  return html`<nav class="pages" aria-label="Pages">
    ${view.before === null ? nothing : html`<a href="${address({ ...view, before: null }, {})}">Newest</a>`}
    ${older ? html`<a href="${address({ ...view, before: last.id }, {})}">Older</a>` : nothing}
  </nav>`;
}

function address({ filter, before }: InboxView, { show }: { show?: number }): string {
  const query = new URLSearchParams();
  if (filter !== "all") query.set("filter", filter);
  if (before !== null) query.set("before", String(before));
  if (show !== undefined) query.set("show", String(show));
  return query.size === 0 ? "/inbox" : `/inbox?${query.toString()}`;
}
