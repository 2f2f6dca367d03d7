import { html } from "hono/html";
import { clip } from "../clip.ts";
import type { Incident } from "../incidents.ts";
import { SHOWN_TEXT } from "../limits.ts";
import type { Notification } from "../notification.ts";
import { customDetails, pagerDutyEventSchema } from "../receive/pagerduty-event.ts";
import { externalLink, facts, nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";
import { stateMark } from "./state-mark.ts";

/**
 * An event as PagerDuty shows the incident that it belongs to: title, status, details, and the log from trigger to
 * resolve.
 *
 * @returns undefined when the payload does not parse.
 */
export function pagerDutyMessage(
  json: unknown,
  notification: Notification,
  incident: Incident | null,
  now: Date,
): Html | undefined {
  const event = pagerDutyEventSchema.safeParse(json).data;
  if (event === undefined) return undefined;
  const { payload, client, client_url, images } = event;
  const details = customDetails(event);
  return html`<section class="pagerduty">
    <h2 id="message-title">${notification.summary}</h2>
    ${facts([
      ["incident", incident?.state ?? null],
      ["severity", payload?.severity ?? null],
      ["service", notification.service],
      ["source", payload?.source ?? null],
      ["component", payload?.component ?? null],
      ["group", payload?.group ?? null],
      ["class", payload?.class ?? null],
      ["client", client ? externalLink(client_url ?? "", client) : null],
      ["alert key", notification.dedup_key],
    ])}
    ${
      details.length === 0
        ? nothing
        : html`<h3>Custom details</h3>
            ${facts(details.map(([name, value]) => [name, detail(value)] as const))}`
    }
    ${
      images?.length
        ? html`<h3>Images</h3>
            <p>${images.map(({ src, alt }) => html`${externalLink(src, alt || src)} `)}</p>`
        : nothing
    }
    ${incident === null ? nothing : log(incident, notification.id, now)}
  </section>`;
}

function log({ events }: Incident, current: number, now: Date): Html {
  return html`<h3>Incident log</h3>
    <ol class="log">
      ${events.map(
        ({ id, state, severity, received_at, summary }) =>
          html`<li>
            ${stateMark(state, severity)} ${timeAgo(received_at, now)}
            ${id === current ? html`<span>${summary}</span>` : html`<a href="/inbox?show=${id}">${summary}</a>`}
          </li>`,
      )}
    </ol>`;
}

/** A detail's value; an address by itself becomes a link, an object is shown as JSON. */
function detail(value: unknown): Html | string {
  if (typeof value === "string")
    return /^https?:\/\/\S+$/.test(value) ? externalLink(value, value) : clip(value, SHOWN_TEXT);
  try {
    return clip(JSON.stringify(value, null, 1) ?? "", SHOWN_TEXT);
  } catch {
    return "(nested too deeply to be shown; see the raw payload)";
  }
}
