/** What a tired person reads when an alert fires. */
import { decimal, exact } from "../decimal.ts";
import { duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { alertName, sloSeries } from "../names.ts";
import type { Tier } from "../windows.ts";
import { own } from "./promql.ts";
import { templates } from "./voice.ts";
import type { Voice } from "./voice.ts";

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

/** How far the links of SloNoData look back: to when there still was data, in seconds. */
const noDataRange = 6 * 3600;

/** Annotations of a burn-rate alert; the value is the burn rate over the long window. */
export function burnRateAnnotations(
  slo: Slo,
  tier: Tier,
  alert: string,
  bases: LinkBases,
  say: Voice = templates,
): Record<string, string> {
  const long = duration(tier.longSeconds);
  const share = say.query(`1 - ${own(sloSeries.ratio(slo.sli, tier.longSeconds), slo)}`, "percent");
  return {
    summary: `${title(slo)}: the error budget burns ${say.value("rate")} times faster than it may`,
    description:
      `${share} of what ${plain(slo.service)} did in the last ${long} was bad; ${percent(1 - slo.target)} may be. ` +
      `The burn rate is above ${decimal(tier.factor)} over ${long} and still over ${duration(tier.shortSeconds)}: ` +
      `${percent(tier.budgetShare)} of the ${period(slo)} budget is gone within ${long}.`,
    burn_rate: say.value("rate"),
    budget_left: say.query(own(sloSeries.remaining(slo.sli), slo), "percent"),
    time_to_exhaustion: say.query(timeToExhaustion(slo, tier.longSeconds), "timeLeft"),
    ...links(slo, alert, tier.longSeconds, bases, say),
  };
}

/** PromQL for the seconds that the rest of the budget lasts at the burn rate of a window. */
export function timeToExhaustion(slo: Slo, window: number): string {
  const left = `${own(sloSeries.remaining(slo.sli), slo)} * ${slo.window.seconds}`;
  return `${left} / ${own(sloSeries.burnRate(slo.sli, window), slo)}`;
}

/** Annotations of the two budget alerts; the value is the share of the budget that is left. */
export function budgetAnnotations(
  slo: Slo,
  alert: string,
  rateWindow: number,
  bases: LinkBases,
  say: Voice = templates,
): Record<string, string> {
  const budget = `${percent(1 - slo.target)} of what ${plain(slo.service)} does in ${period(slo)} may be bad`;
  const low = alert === alertName.low;
  const left = say.value("percent");
  return {
    summary: `${title(slo)}: ${low ? `${left} of the error budget is left` : "the error budget is spent"}`,
    description: low
      ? `${budget}, and ${left} of that is left. Put off what is risky until it is earned back.`
      : `${budget}, and all of that is used up. By policy, releases stop until it is earned back.`,
    burn_rate: say.query(own(sloSeries.burnRate(slo.sli, rateWindow), slo), "rate"),
    budget_left: left,
    ...links(slo, alert, slo.window.seconds, bases, say),
  };
}

/** Annotations of the alert for a total series that is gone. */
export function noDataAnnotations(
  slo: Slo,
  alert: string,
  bases: LinkBases,
  say: Voice = templates,
): Record<string, string> {
  return {
    summary: `${title(slo)}: no data`,
    description:
      `The series that count what ${plain(slo.service)} does are gone, so nobody knows whether the objective is met. ` +
      `A service without traffic still has its series: look at the scrape, then at the metric's name and labels.`,
    ...links(slo, alert, noDataRange, bases, say),
  };
}

/** "30d", or for a calendar window "calendar month" and the like. */
export function period(slo: Slo): string {
  if (slo.window.kind === "rolling") return duration(slo.window.seconds);
  const unit = { d: "day", w: "week", M: "month", Q: "quarter", Y: "year" }[slo.window.unit];
  return slo.window.count === 1 ? `calendar ${unit}` : `${slo.window.count} calendar ${unit}s`;
}

/** What the SLO is called, safe inside a template. */
function title(slo: Slo): string {
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

function links(
  slo: Slo,
  alert: string,
  seconds: number,
  bases: LinkBases,
  say: Voice,
): Record<string, string> {
  const { runbook, dashboard, logs } = slo.alerting.links ?? {};
  const from = say.query(moment(seconds), "milliseconds");
  const to = say.query(moment(0), "milliseconds");
  return {
    runbook_url: plain(runbook ?? `${bases.runbooks}/${alert}.md`),
    dashboard_url: dashboard === undefined ? dashboardUrl(slo, bases, from, to) : plain(dashboard),
    logs_url: logs === undefined ? logsUrl(slo, bases, from, to) : plain(logs),
  };
}

/** PromQL for a moment before now; in milliseconds, as Grafana's URLs want it. */
export function moment(secondsAgo: number): string {
  return `1000 * (time() - ${secondsAgo})`;
}

function dashboardUrl(slo: Slo, bases: LinkBases, from: string, to: string): string {
  const variables = `var-service=${encodeURIComponent(slo.service)}&var-slo=${encodeURIComponent(slo.name)}`;
  return `${bases.grafana}/d/${sloDashboard}?${variables}&from=${from}&to=${to}`;
}

function logsUrl(slo: Slo, bases: LinkBases, from: string, to: string): string {
  let panes = encodedPanes.get(slo);
  if (panes === undefined) {
    panes = encodePanes(slo);
    encodedPanes.set(slo, panes);
  }
  return `${bases.grafana}/explore?schemaVersion=1&orgId=1&panes=${panes.replace("FROM", from).replace("TO", to)}`;
}

/** Every alert of an SLO looks at the same logs. */
const encodedPanes = new WeakMap<Slo, string>();

/** Grafana's panes with the words FROM and TO, which stay as they are when the rest is encoded. */
function encodePanes(slo: Slo): string {
  const failed = slo.sli === "availability" ? " | status >= 500" : "";
  const queries = [{ refId: "A", expr: `{service="${slo.service}"} | json${failed}` }];
  const panes = { logs: { datasource: logsDataSource, queries, range: { from: "FROM", to: "TO" } } };
  return encodeURIComponent(JSON.stringify(panes));
}
