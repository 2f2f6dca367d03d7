/** The little Markdown that the runbooks are written in: headings, paragraphs, lists, tables, code, links. */
import { html } from "hono/html";
import { externalLink } from "./html.ts";
import type { Html } from "./html.ts";

/** Renders a text; whatever it does not know stays text, escaped. */
export function markdown(text: string): Html {
  // Fenced code may hold empty lines; everything else is blocks between empty lines.
  const parts = text.split(/^```.*\n([\s\S]*?)^```$/m);
  return html`${parts.map((part, index) =>
    index % 2 === 1
      ? html`<pre><code>${part}</code></pre>`
      : part
          .split(/\n{2,}/)
          .map((lines) => lines.trim())
          .filter((lines) => lines !== "")
          .map(block),
  )}`;
}

function block(lines: string): Html {
  const heading = /^(#{1,3}) ([^\n]*)(?:\n([\s\S]*))?$/.exec(lines);
  if (heading !== null) {
    const [, level = "", title = "", rest] = heading;
    return html`${
      level === "#"
        ? html`<h1 class="title">${inline(title)}</h1>`
        : html`<h2 id="${title}">${inline(title)}</h2>`
    }
    ${rest === undefined ? "" : block(rest)}`;
  }
  if (lines.startsWith("|")) return table(lines.split("\n"));
  if (/^\d+\. /.test(lines))
    return html`<ol>
      ${items(lines, /^\d+\. /m).map((item) => html`<li>${inline(item)}</li>`)}
    </ol>`;
  if (lines.startsWith("- "))
    return html`<ul>
      ${items(lines, /^- /m).map((item) => html`<li>${inline(item)}</li>`)}
    </ul>`;
  return html`<p>${inline(lines)}</p>`;
}

function items(lines: string, bullet: RegExp): string[] {
  return lines.split(bullet).filter((item) => item.trim() !== "");
}

function table([head = "", , ...rows]: readonly string[]): Html {
  const cells = (row: string): string[] =>
    row
      .replaceAll(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim());
  return html`<div class="wide" tabindex="0">
    <table>
      <thead>
        <tr>
          ${cells(head).map((cell) => html`<th scope="col">${inline(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|(?<![\w`])_([^_]+)_(?!\w)/g;

function inline(text: string): Html {
  const pieces: (Html | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(MARKUP)) {
    const [all, code, strong, words, href, emphasis] = match;
    pieces.push(text.slice(done, match.index));
    done = match.index + all.length;
    if (code !== undefined) pieces.push(html`<code>${code}</code>`);
    else if (strong !== undefined) pieces.push(html`<strong>${strong}</strong>`);
    else if (emphasis !== undefined) pieces.push(html`<em>${emphasis}</em>`);
    else pieces.push(link(words ?? "", href ?? ""));
  }
  return html`${[...pieces, text.slice(done)]}`;
}

/** A link to another runbook stays here; one to a file of the repository is only named. */
function link(words: string, href: string): Html {
  const runbook = /^([\w-]+)\.md(?:#.*)?$/.exec(href);
  return runbook === null
    ? externalLink(href, words)
    : html`<a href="/runbooks/${runbook[1] ?? ""}">${words}</a>`;
}
