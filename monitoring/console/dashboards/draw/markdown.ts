/**
 * The part of Markdown that text panels are written in: headings, paragraphs, lists, links, bold, italic and code. What
 * is none of these is shown as it is; HTML is text like any other.
 */
import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { clipAt } from "../limits.ts";
import { anchor } from "./links.ts";
import { readyLink } from "./link.ts";
import type { DrawContext } from "./context.ts";

const INLINE =
  /`(?<code>[^`\n]+)`|\[(?<words>[^\]\n]+)\]\((?<url>[^()\s]+)\)|\*\*(?<bold>[^*\n]+)\*\*|(?<![\w*])[*_](?<italic>[^*_\n]+)[*_](?![\w*])/g;

/** @param text the panel's content, variables filled in. */
export function markdown(text: string, context: DrawContext): Html {
  const blocks = clip(text, clipAt.text).split(/\n{2,}/);
  return html`${blocks.map((block) => blockHtml(block.trim(), context))}`;
}

function blockHtml(block: string, context: DrawContext): Html {
  if (block === "") return nothing;
  const fence = /^```\w*\n(.*?)\n?```$/s.exec(block);
  if (fence !== null) return html`<pre>${fence[1]}</pre>`;
  const [first = "", ...rest] = block.split("\n");
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading !== null) {
    const after = rest.length === 0 ? nothing : blockHtml(rest.join("\n"), context);
    return html`<h4>${inline(heading[2] ?? "", context)}</h4>
      ${after}`;
  }
  const lines = [first, ...rest];
  const list = lines.findIndex((line) => /^\s*([-*]|\d+[.)])\s/.test(line));
  if (list > 0)
    return html`${blockHtml(lines.slice(0, list).join("\n"), context)}
    ${blockHtml(lines.slice(list).join("\n"), context)}`;
  if (list === 0) {
    const entries = listEntries(lines).map((entry) => html`<li>${inline(entry, context)}</li>`);
    return /^\s*\d/.test(first)
      ? html`<ol>
          ${entries}
        </ol>`
      : html`<ul>
          ${entries}
        </ul>`;
  }
  return html`<p>${inline(lines.join(" "), context)}</p>`;
}

/** A line that begins no entry continues the one before. */
function listEntries(lines: readonly string[]): string[] {
  const entries: string[] = [];
  for (const line of lines) {
    const start = /^\s*(?:[-*]|\d+[.)])\s+(.*)$/.exec(line);
    if (start !== null || entries.length === 0) entries.push(start?.[1] ?? line);
    else entries.push(`${entries.pop()} ${line.trim()}`);
  }
  return entries;
}

function inline(text: string, context: DrawContext): Html[] {
  const pieces: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    pieces.push(html`${text.slice(end, match.index)}`, piece(match.groups ?? {}, match[0], context));
    end = match.index + match[0].length;
  }
  return [...pieces, html`${text.slice(end)}`];
}

function piece(
  { code, words, url, bold, italic }: Readonly<Record<string, string | undefined>>,
  whole: string,
  context: DrawContext,
): Html {
  if (code !== undefined) return html`<code>${code}</code>`;
  if (bold !== undefined) return html`<strong>${bold}</strong>`;
  if (italic !== undefined) return html`<em>${italic}</em>`;
  const link = readyLink({ title: words ?? "", url: url ?? "" }, {}, context);
  return link === undefined ? html`${whole}` : anchor(link, words ?? "");
}
