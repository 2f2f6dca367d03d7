import { html } from "hono/html";
import { sloSeries } from "../../compiler/names.ts";
import { HOUR, MINUTE } from "../../compiler/duration.ts";
import type { Story } from "../timeline/story.ts";
import { externalLink, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import type { Stack } from "./layout.ts";

/** Where to look further, besides the console. */
export type Places = Stack["links"];

/** What a link is about. */
export interface Subject {
  readonly service: string;
  readonly slo?: string | undefined;
  readonly sli?: string | undefined;
  /** Milliseconds since 1970. @default the last hour */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A dashboard, in Grafana where there is one, else as the console draws it; both read the same parameters. */
function dashboardUrl(places: Places, uid: string, { service, slo, from, to }: Subject): string {
  const query = new URLSearchParams({
    "var-service": service,
    ...(slo === undefined ? {} : { "var-slo": slo }),
  });
  query.set("from", from === undefined ? "now-1h" : String(Math.round(from)));
  query.set("to", to === undefined ? "now" : String(Math.round(to)));
  return places.grafana === null
    ? `/dashboards/${uid}?${query.toString()}`
    : `${places.grafana}/d/${uid}?${query.toString()}`;
}

/** Prometheus' graph of an expression; the span in seconds. */
function graphUrl(places: Places, expression: string, seconds: number, end?: number): string {
  const query = new URLSearchParams({
    "g0.expr": expression,
    "g0.tab": "0",
    "g0.range_input": `${Math.ceil(seconds)}s`,
    ...(end === undefined ? {} : { "g0.end_input": new Date(end).toISOString().slice(0, 19) }),
  });
  return `${places.prometheus}/graph?${query.toString()}`;
}

/** Alertmanager's view of what it holds for a service. */
function alertsUrl({ alertmanager }: Places, service: string): string {
  const filter = JSON.stringify({ service }).replace(/^\{"service":"(.*)"\}$/, '{service="$1"}');
  return `${alertmanager}/#/alerts?filter=${encodeURIComponent(filter)}`;
}

/** Everything about a service: dashboards, burn rate, alerts, logs, runbook. */
export function subjectLinks(places: Places, subject: Subject, runbook?: string): Html {
  const { service, sli = "availability", from, to } = subject;
  const burn = `${sloSeries.burnRate(sli, 5 * MINUTE)}{service="${service}"}`;
  const seconds = from === undefined || to === undefined ? HOUR : (to - from) / 1000;
  const links: readonly (readonly [text: string, href: string])[] = [
    ["SLO dashboard", dashboardUrl(places, "slo-overview", subject)],
    ["Service dashboard", dashboardUrl(places, "service-health", { service, from, to })],
    ["Logs", dashboardUrl(places, "logs", subject)],
    ["Burn rate in Prometheus", graphUrl(places, burn, Math.max(60, seconds), to)],
    ["Alertmanager", alertsUrl(places, service)],
  ];
  return html`<p class="links">
    ${links.map(([text, href]) => html`${href.startsWith("/") ? html`<a href="${href}">${text}</a>` : externalLink(href, text)} `)}
    ${runbook === undefined ? nothing : html`<a href="/runbooks/${encodeURIComponent(runbook)}">Runbook</a>`}
  </p>`;
}

/** The links of an incident: about the service that was broken, over its time and a little more. */
export function placeLinks(
  places: Places,
  { services, startedAt, endedAt, notices }: Story,
  now: Date,
): Html {
  const [service] = services;
  if (service === undefined) return nothing;
  const margin = 5 * 60_000;
  const to = Math.min(now.getTime(), (endedAt ?? now.getTime()) + margin);
  const alert = notices.find(({ alertname }) => alertname !== null)?.alertname ?? undefined;
  return subjectLinks(places, { service, from: startedAt - margin, to }, alert);
}
