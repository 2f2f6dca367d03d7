import { html } from "hono/html";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Shown } from "../display/field.ts";
import type { DrawContext } from "./context.ts";
import { readyLink } from "./link.ts";
import type { LinkPlace, ReadyLink } from "./link.ts";

/** A value behind the first of its links; itself where it has none. */
export function linksOf(
  value: Html,
  { field, name, config }: Shown,
  place: LinkPlace,
  context: DrawContext,
): Html {
  const links = config.links ?? [];
  const first = links
    .values()
    .map((link) => readyLink(link, { labels: field.labels, name, ...place }, context))
    .find((link) => link !== undefined);
  return first === undefined ? value : anchor(first, value, first.title);
}

/** A link with what is to be read on it. */
export function anchor({ href, outside }: ReadyLink, content: Html | string, title?: string): Html {
  const hint = title === undefined ? nothing : html` title="${title}"`;
  return outside
    ? html`<a href="${href}" rel="noopener noreferrer" target="_blank" ${hint}>${content}</a>`
    : html`<a href="${href}" ${hint}>${content}</a>`;
}
