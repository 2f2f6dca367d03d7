/** What a tired person reads: Go templates that Prometheus fills in when an alert fires. */
import { decimal, exact } from "../decimal.ts";
import { duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import type { Tier } from "../windows.ts";
import { own } from "./promql.ts";

/** Where the links of an alert lead. */
export interface LinkBases {
  /** Folder of the runbooks; the alert's name and `.md` follow. */
  readonly runbooks: string;
  /** Grafana, without a path. */
  readonly grafana: string;
}

export const defaultLinkBases: LinkBases = {
  runbooks: "https://github.com/burnrate/burnrate/blob/main/monitoring/runbooks",
  grafana: "http://localhost:3000",
};

/** The dashboard that shows one SLO, and the data source of its logs, by their fixed Grafana uids. */
const sloDashboard = "slo-overview";
const logsDataSource = "loki";

/** What an annotation says when the series behind it is gone. */
const unknown = "unknown";

/** Annotations of a burn-rate alert; `$value` is the burn rate over the long window. */
export function burnRateAnnotations(
  slo: Slo,
  tier: Tier,
  alert: string,
  bases: LinkBases,
): Record<string, string> {
  const long = duration(tier.longSeconds);
  const share = ofQuery(`1 - ${own(sloSeries.ratio(slo.sli, tier.longSeconds), slo)}`, "humanizePercentage");
  const rate = decimal(tier.factor);
  return {
    summary: `${title(slo)}: the error budget burns {{ $value | printf "%.1f" }} times faster than it may`,
    description:
      `${share} of what ${plain(slo.service)} did in the last ${long} was bad; ${percent(1 - slo.target)} may be. ` +
      `The burn rate is above ${rate} over ${long} and still over ${duration(tier.shortSeconds)}: ` +
      `${percent(tier.budgetShare)} of the ${period(slo)} budget is gone within ${long}.`,
    burn_rate: `{{ $value | printf "%.1f" }}`,
    budget_left: ofQuery(own(sloSeries.remaining(slo.sli), slo), "humanizePercentage"),
    time_to_exhaustion: timeToExhaustion(slo, tier),
    ...links(slo, alert, tier.longSeconds, bases),
  };
}

/** Annotations of the two budget alerts; `$value` is the share of the budget that is left. */
export function budgetAnnotations(
  slo: Slo,
  alert: string,
  words: { readonly summary: string; readonly description: string },
  rateWindow: number,
  bases: LinkBases,
): Record<string, string> {
  return {
    summary: `${title(slo)}: ${words.summary}`,
    description: words.description,
    burn_rate: ofQuery(own(sloSeries.burnRate(slo.sli, rateWindow), slo), `printf "%.1f"`),
    budget_left: "{{ $value | humanizePercentage }}",
    ...links(slo, alert, slo.window.seconds, bases),
  };
}

/** Annotations of the alert for a total series that is gone. */
export function noDataAnnotations(slo: Slo, alert: string, bases: LinkBases): Record<string, string> {
  return {
    summary: `${title(slo)}: no data`,
    description:
      `The series that count what ${plain(slo.service)} does are gone, so nobody knows whether the objective is met. ` +
      `A service without traffic still has its series: look at the scrape, then at the metric's name and labels.`,
    ...links(slo, alert, 6 * 3600, bases),
  };
}

/** "30d", or for a calendar window "calendar month" and the like. */
export function period(slo: Slo): string {
  if (slo.window.kind === "rolling") return duration(slo.window.seconds);
  const unit = { d: "day", w: "week", M: "month", Q: "quarter", Y: "year" }[slo.window.unit];
  return slo.window.count === 1 ? `calendar ${unit}` : `${slo.window.count} calendar ${unit}s`;
}

/** What the SLO is called, safe inside a template. */
export function title(slo: Slo): string {
  return plain(slo.displayName === "" ? slo.name : slo.displayName);
}

/** 0.001 → "0.1%". */
export function percent(share: number): string {
  return `${decimal(exact(share * 100))}%`;
}

/** A person's text, in which Prometheus must see no template of ours. */
function plain(text: string): string {
  return text.replaceAll("{{", "{ {");
}

function ofQuery(query: string, filter: string): string {
  return `{{ with query \`${query}\` }}{{ . | first | value | ${filter} }}{{ else }}${unknown}{{ end }}`;
}

/** Budget left, divided by how fast it goes: the period's share a second is `burn rate / period`. */
function timeToExhaustion(slo: Slo, tier: Tier): string {
  const rate = own(sloSeries.burnRate(slo.sli, tier.longSeconds), slo);
  const query = `${own(sloSeries.remaining(slo.sli), slo)} * ${slo.window.seconds} / ${rate}`;
  return (
    `{{ with query \`${query}\` }}{{ $left := . | first | value }}` +
    `{{ if gt $left 0.0 }}{{ $left | humanizeDuration }}{{ else }}none is left{{ end }}` +
    `{{ else }}${unknown}{{ end }}`
  );
}

function links(slo: Slo, alert: string, seconds: number, bases: LinkBases): Record<string, string> {
  const own = slo.alerting.links;
  const from = milliseconds(`time() - ${seconds}`);
  const to = milliseconds("time()");
  const dashboard =
    `${bases.grafana}/d/${sloDashboard}?var-service=${encodeURIComponent(slo.service)}` +
    `&var-slo=${encodeURIComponent(slo.name)}&from=${from}&to=${to}`;
  const expr = `{service="${slo.service}"} | json${slo.sli === "availability" ? " | status >= 500" : ""}`;
  const pane = encodeURIComponent(
    JSON.stringify({
      logs: {
        datasource: logsDataSource,
        queries: [{ refId: "A", expr }],
        range: { from: "FROM", to: "TO" },
      },
    }),
  );
  const logs =
    `${bases.grafana}/explore?schemaVersion=1&orgId=1&panes=` + pane.replace("FROM", from).replace("TO", to);
  return {
    runbook_url: plain(own?.runbook ?? `${bases.runbooks}/${alert}.md`),
    dashboard_url: own?.dashboard === undefined ? dashboard : plain(own.dashboard),
    logs_url: own?.logs === undefined ? logs : plain(own.logs),
  };
}

function milliseconds(seconds: string): string {
  return `{{ with query \`1000 * (${seconds})\` }}{{ . | first | value | printf "%.0f" }}{{ end }}`;
}
