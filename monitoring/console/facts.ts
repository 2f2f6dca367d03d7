import { clip } from "./clip.ts";
import { FIELD_LENGTH, MAX_LINKS, MAX_URL } from "./limits.ts";
import type { Facts, Link, State } from "./notification.ts";

/** Names under which templates write a fact, once lowercased and with `_` for blanks. The first that is there counts. */
const NAMES = {
  alertname: ["alertname", "alert"],
  service: ["service"],
  slo: ["slo"],
  tier: ["slo_tier", "tier"],
  severity: ["severity"],
} as const;

const LINK_NAMES: Readonly<Record<string, string>> = {
  runbook_url: "Runbook",
  runbook: "Runbook",
  dashboard_url: "Dashboard",
  dashboard: "Dashboard",
  logs_url: "Logs",
  logs: "Logs",
};

/**
 * Takes what the console knows how to show out of the free-form details of a delivery.
 *
 * @param details name and value pairs: PagerDuty's custom details, Slack's fields, a mail's `X-` headers.
 * @param links further links of the delivery; unsafe ones and repeated addresses are dropped.
 * @returns the facts, each bounded in length; null where nothing was said.
 */
export function factsFrom(details: Iterable<readonly [string, unknown]>, links: readonly Link[] = []): Facts {
  const said = new Map<string, string>();
  for (const [name, value] of details) {
    const key = name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_");
    if (
      (typeof value === "string" || typeof value === "number") &&
      String(value).trim() !== "" &&
      !said.has(key)
    )
      said.set(key, String(value).trim());
  }
  const fact = (names: readonly string[]): string | null => {
    const value = names.map((name) => said.get(name)).find((value) => value !== undefined);
    return value === undefined ? null : clip(value, FIELD_LENGTH);
  };
  const named = Object.entries(LINK_NAMES).map(([name, text]) => ({ text, href: said.get(name) ?? "" }));
  return {
    alertname: fact(NAMES.alertname),
    service: fact(NAMES.service),
    slo: fact(NAMES.slo),
    tier: fact(NAMES.tier),
    severity: fact(NAMES.severity),
    links: safeLinks([...named, ...links]),
  };
}

/**
 * @param href an address out of a payload.
 * @returns the address in its normal form if a browser may be sent there (http or https, no credentials), else null.
 */
export function safeUrl(href: string): string | null {
  const url = href.length <= MAX_URL ? URL.parse(href.trim()) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}

/**
 * Reads Alertmanager's habit of starting a title with the state: `[FIRING:2] …`, `[RESOLVED] …`.
 *
 * @param title a Slack title or a mail's subject.
 * @returns the state that it announces (`message` if none) and the title without it.
 */
export function readTitle(title: string): { state: State; rest: string } {
  const match = /^\s*\[(FIRING|RESOLVED)(?::\d+)?\]\s*/i.exec(title);
  if (match === null) return { state: "message", rest: title.trim() };
  const state = match[1]?.toUpperCase() === "RESOLVED" ? "resolved" : "firing";
  return { state, rest: title.slice(match[0].length).trim() };
}

function safeLinks(links: readonly Link[]): Link[] {
  const kept = new Map<string, Link>();
  for (const { text, href } of links) {
    const url = safeUrl(href);
    if (url === null || kept.has(url)) continue;
    if (kept.size === MAX_LINKS) break;
    kept.set(url, { text: clip(text.trim() === "" ? url : text.trim(), FIELD_LENGTH), href: url });
  }
  return [...kept.values()];
}
