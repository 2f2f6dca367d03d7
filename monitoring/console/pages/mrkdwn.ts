/**
 * Slack's markup (docs.slack.dev, "Formatting message text") as HTML: bold, italic, strike, code, quotes, links and
 * mentions. Every expression below looks only up to the next delimiter, so hostile text costs linear time.
 */
import { html } from "hono/html";
import { clip } from "../clip.ts";
import { SHOWN_TEXT } from "../limits.ts";
import { unescapeSlack } from "../receive/slack.ts";
import { safeUrl } from "../facts.ts";
import { externalLink } from "./html.ts";
import type { Html } from "./html.ts";

const DEEPEST_NESTING = 3;

/** One alternative a kind of markup; a delimiter counts only at the edge of a word, as at Slack. */
const MARKUP =
  /`(?<code>[^`\n]+)`|<(?<link>[^<>\n]+)>|(?<![\w*])\*(?!\s)(?<bold>[^*\n]+)(?<!\s)\*(?![\w*])|(?<![\w_])_(?!\s)(?<italic>[^_\n]+)(?<!\s)_(?![\w_])|(?<![\w~])~(?!\s)(?<strike>[^~\n]+)(?<!\s)~(?![\w~])|(?<url>https?:\/\/[^\s<>|"]*[^\s<>|".,;:!?)])/g;

/**
 * @param text mrkdwn out of a payload.
 * @returns its HTML, escaped; at most `SHOWN_TEXT` characters of it.
 */
export function mrkdwn(text: string): Html {
  const parts = clip(text, SHOWN_TEXT).split("```");
  // Without its closing fence the last one is text like any other.
  const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("```")];
  return html`${closed.map((part, index) => (index % 2 === 1 ? fence(part) : lines(beside(part, index, closed.length))))}`;
}

function fence(code: string): Html {
  return html`<pre>${unescapeSlack(code.replace(/^\n/, ""))}</pre>`;
}

/** A fence is a block of its own: the line breaks around it would only show as gaps. */
function beside(text: string, index: number, parts: number): string {
  const after = index === 0 ? text : text.replace(/^\n/, "");
  return index === parts - 1 ? after : after.replace(/\n$/, "");
}

function lines(text: string): Html[] {
  let first = true;
  return text.split("\n").map((line) => {
    const quote = /^(?:&gt;|>) ?/.exec(line);
    const gap = first ? "" : html`<br />`;
    // A quote is a block as well, so what follows it begins on a line of its own.
    first = quote !== null;
    return quote === null
      ? html`${gap}${inline(line, 0)}`
      : html`<blockquote>${inline(line.slice(quote[0].length), 0)}</blockquote>`;
  });
}

function inline(text: string, depth: number): Html[] {
  const pieces: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    pieces.push(
      html`${unescapeSlack(text.slice(end, match.index))}`,
      piece(match.groups ?? {}, match[0], depth),
    );
    end = match.index + match[0].length;
  }
  return [...pieces, html`${unescapeSlack(text.slice(end))}`];
}

function piece(groups: Readonly<Record<string, string | undefined>>, whole: string, depth: number): Html {
  const { code, link, bold, italic, strike, url } = groups;
  const inner = (text: string): Html[] =>
    depth < DEEPEST_NESTING ? inline(text, depth + 1) : [html`${unescapeSlack(text)}`];
  if (code !== undefined) return html`<code>${unescapeSlack(code)}</code>`;
  if (link !== undefined) return linkOrMention(link, whole);
  if (bold !== undefined) return html`<strong>${inner(bold)}</strong>`;
  if (italic !== undefined) return html`<em>${inner(italic)}</em>`;
  if (strike !== undefined) return html`<s>${inner(strike)}</s>`;
  return externalLink(unescapeSlack(url ?? ""), unescapeSlack(url ?? ""));
}

/** `<https://…|text>`, `<@U1|name>`, `<#C1|name>`, `<!here>`; what is none of them is shown as it came. */
function linkOrMention(link: string, whole: string): Html {
  const bar = link.indexOf("|");
  const target = unescapeSlack(bar === -1 ? link : link.slice(0, bar));
  const words = unescapeSlack(bar === -1 ? "" : link.slice(bar + 1));
  const mention = /^([@#!])(.+)$/s.exec(target);
  if (mention !== null) {
    const [, sign, id = ""] = mention;
    const name = (sign === "#" ? "#" : "@") + (words || id).replace(/^[@#]/, "");
    return html`<span class="mention">${name}</span>`;
  }
  return safeUrl(target) === null ? html`${unescapeSlack(whole)}` : externalLink(target, words || target);
}
