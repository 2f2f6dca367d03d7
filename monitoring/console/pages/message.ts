import { html } from "hono/html";
import { services } from "../../../services/topology.ts";
import { clip } from "../clip.ts";
import type { Incident } from "../incidents.ts";
import { SHOWN_PAYLOAD } from "../limits.ts";
import type { Notification } from "../notification.ts";
import { parseJson } from "../receive/receiver.ts";
import { emailMessage } from "./email.ts";
import { externalLink, facts, nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";
import { pagerDutyMessage } from "./pagerduty.ts";
import { slackMessage } from "./slack.ts";
import { subjectLinks } from "./places.ts";
import type { Places } from "./places.ts";
import { CHANNEL_NAMES, stateMark } from "./state-mark.ts";

/** What there are dashboards and queries for; a payload may name anything as its service. */
const lab: ReadonlySet<string> = new Set(services.map(({ name }) => name));

/**
 * The right-hand side of the inbox: a notification as its service would show it, its links, and the raw payload.
 *
 * @param incident what PagerDuty makes of its thread; null for other channels.
 */
export async function messagePane(
  notification: Notification,
  incident: Incident | null,
  places: Places,
  now: Date,
): Promise<Html> {
  const { service, slo, alertname } = notification;
  const { id, channel, state, severity, received_at, links, raw } = notification;
  return html`<article aria-labelledby="message-title">
    <header class="message-head">
      ${stateMark(state, severity)}
      <span class="muted">${CHANNEL_NAMES[channel]}, ${timeAgo(received_at, now)}</span>
    </header>
    ${await content(notification, incident, now)}
    ${
      links.length === 0
        ? nothing
        : html`<p class="links">
            <span class="muted">Open</span>
            ${links.map(({ href, text }) => html`${externalLink(href, text)} `)}
          </p>`
    }
    ${
      service === null || alertname === null || !lab.has(service)
        ? nothing
        : subjectLinks(places, { service, slo: slo ?? undefined }, alertname)
    }
    <details>
      <summary>Raw payload</summary>
      <pre class="raw">${clip(pretty(raw), SHOWN_PAYLOAD)}</pre>
      <p><a href="/inbox/${id}/raw">The whole payload as it came</a> (${raw.length} characters)</p>
    </details>
  </article>`;
}

/** What stands in the message's place when none is chosen: the incidents that are open now. */
export function openIncidentsPane(count: number, newest: readonly Incident[], now: Date): Html {
  if (count === 0)
    return html`<div>
      <h2>No open incident</h2>
      <p class="muted">Nobody is being paged. Choose a notification to read it as its receiver would.</p>
    </div>`;
  return html`<div>
    <h2>${count === 1 ? "One open incident" : `${count} open incidents`}</h2>
    <ul class="plain incidents">
      ${newest.map(
        ({ state, summary, service, events }) =>
          html`<li>
            <a href="/inbox?show=${events.at(-1)?.id ?? 0}">${summary}</a>
            <span class="muted"
              >${service ?? "no service"}, ${state}, began
              ${timeAgo(events[0]?.received_at ?? now, now)}</span
            >
          </li>`,
      )}
    </ul>
    ${count > newest.length ? html`<p class="muted">and ${count - newest.length} older ones</p>` : nothing}
  </div>`;
}

/** What stands in the message's place when the chosen one is no longer kept. */
export function goneMessage(): Html {
  return html`<h2>This notification is not kept any more</h2>
    <p class="muted">The inbox keeps the newest ones only. Its list shows what is left.</p>`;
}

async function content(notification: Notification, incident: Incident | null, now: Date): Promise<Html> {
  if (notification.state === "refused") return refusedDelivery(notification);
  const { channel, raw } = notification;
  const shown =
    channel === "pagerduty"
      ? pagerDutyMessage(parseJson(raw), notification, incident, now)
      : channel === "slack"
        ? slackMessage(parseJson(raw), notification)
        : await emailMessage(notification);
  return shown ?? html`<h2 id="message-title">${notification.summary}</h2>`;
}

function refusedDelivery({ channel, reason, received_at }: Notification): Html {
  return html`<h2 id="message-title">A delivery by ${CHANNEL_NAMES[channel]} was refused</h2>
    ${facts([
      ["why", reason],
      ["received", received_at],
    ])}
    <p class="muted">
      The sender was told so, in the words of ${CHANNEL_NAMES[channel]}. The start of what it sent:
    </p>`;
}

/** Indented JSON where it is JSON of a sane depth; else the text as it came. */
function pretty(raw: string): string {
  if (raw.length > SHOWN_PAYLOAD) return raw;
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
