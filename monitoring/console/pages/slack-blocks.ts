import { html } from "hono/html";
import { textOf } from "../receive/slack-message.ts";
import type { SlackBlock } from "../receive/slack-message.ts";
import { unescapeSlack } from "../receive/slack.ts";
import { externalLink, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { mrkdwn } from "./mrkdwn.ts";

type TextObject = SlackBlock["text"];
type Element = NonNullable<SlackBlock["elements"]>[number];

/** One block of Slack's Block Kit, of the kinds that alerts are made of; of any other, that it is there. */
export function slackBlock(block: SlackBlock): Html {
  switch (block.type) {
    case "header":
      return html`<p class="block-header">${plain(block.text)}</p>`;
    case "section":
      return html`<div class="slack-text">
        ${formatted(block.text)}
        ${
          block.fields?.length
            ? html`<div class="slack-fields">
                ${block.fields.map((field) => html`<div class="short">${formatted(field)}</div>`)}
              </div>`
            : nothing
        }
        ${block.accessory ? element(block.accessory) : nothing}
      </div>`;
    case "divider":
      return html`<hr />`;
    case "context":
      return html`<p class="muted">${(block.elements ?? []).map((part) => html`${element(part)} `)}</p>`;
    case "actions":
      return html`<p class="buttons">${(block.elements ?? []).map(element)}</p>`;
    case "image":
      return html`<p>${externalLink(block.image_url ?? "", block.alt_text || "Image (not loaded)")}</p>`;
    default:
      return html`<p class="muted">(a block of type ${block.type}; see the raw payload)</p>`;
  }
}

function element(part: Element): Html {
  if (part.type === "mrkdwn" || part.type === "plain_text")
    return typeof part.text === "string" && part.type === "mrkdwn" ? mrkdwn(part.text) : plain(part.text);
  if (part.type === "image") return externalLink(part.image_url ?? "", part.alt_text || "Image (not loaded)");
  return part.url
    ? externalLink(part.url, textOf(part.text).text)
    : html`<span class="button">${plain(part.text)}</span>`;
}

function formatted(object: TextObject): Html {
  const { text, mrkdwn: marked } = textOf(object);
  return marked ? mrkdwn(text) : plain(object);
}

function plain(object: TextObject): Html {
  return html`${unescapeSlack(textOf(object).text)}`;
}
