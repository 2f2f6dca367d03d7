import { html } from "hono/html";
import type { Notification } from "../notification.ts";
import { unescapeSlack } from "../receive/slack.ts";
import { slackMessageSchema, textOf } from "../receive/slack-message.ts";
import type { SlackAttachment } from "../receive/slack-message.ts";
import { externalLink, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { mrkdwn } from "./mrkdwn.ts";
import { slackBlock } from "./slack-blocks.ts";

/** Slack's three named colours for an attachment's bar. */
const COLORS: Readonly<Record<string, string>> = { good: "#2eb67d", warning: "#daa038", danger: "#a30200" };

/**
 * A message as Slack shows it: who, in which channel, text, blocks, and attachments behind their coloured bars.
 *
 * @returns undefined when the payload does not parse.
 */
export function slackMessage(json: unknown, { received_at, summary }: Notification): Html | undefined {
  const message = slackMessageSchema.safeParse(json).data;
  if (message === undefined) return undefined;
  const { username, channel, text, blocks, attachments } = message;
  const name = username || "incoming-webhook";
  return html`<section class="slack">
    <h2 id="message-title" class="screen-reader">${summary}</h2>
    <p class="slack-channel">${channel || "the webhook's own channel"}</p>
    <div class="slack-message">
      <span class="avatar" aria-hidden="true">${name.slice(0, 1).toUpperCase()}</span>
      <div>
        <p class="slack-name">
          <strong>${name}</strong> <span class="app">APP</span>
          <time datetime="${received_at}">${received_at.slice(11, 16)} UTC</time>
        </p>
        ${text ? html`<div class="slack-text">${mrkdwn(text)}</div>` : nothing}
        ${(blocks ?? []).map(slackBlock)} ${(attachments ?? []).map(attachmentCard)}
      </div>
    </div>
  </section>`;
}

function attachmentCard(attachment: SlackAttachment): Html {
  const { pretext, author_name, title, title_link, text, fallback, fields, actions, blocks, footer } =
    attachment;
  const said = [pretext, title, text].some(Boolean) || fields?.length || blocks?.length;
  return html`${pretext ? html`<div class="slack-text">${mrkdwn(pretext)}</div>` : nothing}
    <div class="attachment">
      ${bar(attachment.color)} ${author_name ? html`<p class="muted">${author_name}</p>` : nothing}
      ${title ? html`<p class="attachment-title">${titleLink(title, title_link)}</p>` : nothing}
      ${text ? html`<div class="slack-text">${mrkdwn(text)}</div>` : nothing}
      ${said ? nothing : html`<div class="slack-text">${mrkdwn(fallback ?? "")}</div>`}
      ${fields?.length ? html`<dl class="slack-fields">${fields.map(fieldPair)}</dl>` : nothing}
      ${(blocks ?? []).map(slackBlock)}
      ${attachment.image_url ? html`<p>${externalLink(attachment.image_url, "Image (not loaded)")}</p>` : nothing}
      ${
        actions?.length
          ? html`<p class="buttons">
              ${actions.map((action) => externalLink(action.url ?? "", textOf(action.text).text))}
            </p>`
          : nothing
      }
      ${footer ? html`<p class="muted">${footer}</p>` : nothing}
    </div>`;
}

function titleLink(title: string, href: string | null | undefined): Html {
  const text = unescapeSlack(title);
  return href ? externalLink(href, text) : html`${text}`;
}

/** A field without title and value, which a template may leave, takes no place. */
function fieldPair({ title, value, short }: NonNullable<SlackAttachment["fields"]>[number]): Html {
  if (!title && !value) return nothing;
  return html`<div class="${short ? "short" : "long"}">
    <dt>${unescapeSlack(title ?? "")}</dt>
    <dd>${mrkdwn(value ?? "")}</dd>
  </div>`;
}

/** The coloured bar. An attribute of SVG, since the content policy allows no inline style; only true colours get in. */
function bar(color: string | null | undefined): Html {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(color ?? "");
  const fill = COLORS[color ?? ""] ?? (hex === null ? "#b0b4ba" : `#${hex[1]}`);
  return html`<svg class="bar" width="4" height="100%" aria-hidden="true">
    <rect width="4" height="100%" rx="2" fill="${fill}" />
  </svg>`;
}
