/**
 * What every page is made of. Text reaches a page only through Hono's `html` tag, which escapes it; `raw` is used
 * nowhere, and values are strings by their types, since an object out of a payload could pretend to be escaped.
 */
import { html } from "hono/html";
import { safeUrl } from "../facts.ts";
import { ago, minutes, timeOfDay } from "./format.ts";

export type Html = ReturnType<typeof html>;
export const nothing: Html = html``;

/** A link out of the console. What a browser must not be sent to is shown as text. */
export function externalLink(href: string, text: string): Html {
  const url = safeUrl(href);
  return url === null
    ? html`${text}`
    : html`<a href="${url}" rel="noopener noreferrer" target="_blank">${text}</a>`;
}

/** A moment, as its age; the script keeps it current, and the title has the moment itself. */
export function timeAgo(at: Date | string, now: Date): Html {
  const date = new Date(at);
  const iso = date.toISOString();
  return html`<time datetime="${iso}" title="${moment(date)}" data-ago>${ago(date, now)}</time>`;
}

/** A moment in words: `2026-11-21 12:04:31 UTC`. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A moment by the clock, `12:04:31`, with its date in the title. UTC; milliseconds since 1970. */
export function clockTime(at: number): Html {
  const date = new Date(at);
  return html`<time datetime="${date.toISOString()}" title="${moment(date)}">${timeOfDay(at)}</time>`;
}

/** A moment as what is left until it: `in 0:27`, later `0:05 ago`; or `2:40 left`. The script counts it down. */
export function countdown(at: number, now: Date, kind: "in" | "left"): Html {
  const date = new Date(at);
  const rest = at - now.getTime();
  const text =
    kind === "left"
      ? `${minutes(Math.max(0, rest))} left`
      : rest >= 0
        ? `in ${minutes(rest)}`
        : `${minutes(rest)} ago`;
  return html`<time datetime="${date.toISOString()}" title="${moment(date)}" data-clock="${kind}"
    >${text}</time
  >`;
}

/** Rows of a name and value list, without those that have no value. */
export function facts(
  pairs: readonly (readonly [name: string, value: Html | string | null | undefined])[],
): Html {
  const said = pairs.filter(([, value]) => value != null && value !== "");
  if (said.length === 0) return nothing;
  return html`<dl class="facts">
    ${said.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
