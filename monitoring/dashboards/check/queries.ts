import { duration } from "../../compiler/duration.ts";
import type { Finding } from "./layout.ts";
import { logqlMistake } from "./logql.ts";
import { readPromql } from "./promql.ts";
import type { Dashboard, Panel, Target } from "./shape.ts";
import { fillIn } from "./variables.ts";
import type { Times } from "./variables.ts";

/** What there is to ask. */
export interface Known {
  /** Uids of the data sources by their type. */
  readonly dataSources: ReadonlyMap<string, string>;
  /** How often each metric is scraped, in seconds. A metric that is not here is exported by nobody. */
  readonly scrapeSeconds: ReadonlyMap<string, number>;
}

/** A rate of fewer scrapes is a guess, and one that is missed leaves a hole. */
const LEAST_SCRAPES = 4;

/** The shortest that Grafana makes of its variables: a scrape of 15 s, and four of them. */
const shortest: Times = { rateInterval: "1m", interval: "15s", range: "5m" };

/** Queries that no data source could answer, or not truly. */
export function checkQueries(dashboard: Dashboard, known: Known): Finding[] {
  const ofPanels = dashboard.panels.flatMap((panel) =>
    panel.targets.flatMap((target) =>
      checkTarget(target, panel, dashboard, known).map((message) => ({
        panel: panel.title,
        message: `query ${target.refId} ${message}`,
      })),
    ),
  );
  const ofAnnotations = dashboard.annotations.list.flatMap(({ name, expr, datasource }) =>
    [...checkSource(datasource, known), ...checkPromql(expr, dashboard, known)].map((message) => ({
      panel: `annotation ${name}`,
      message: `query ${message}`,
    })),
  );
  const empty = dashboard.panels
    .filter(({ type, targets }) => !["row", "text"].includes(type) && targets.length === 0)
    .map(({ title }) => ({ panel: title, message: "has no query. Add one, or make it a text panel" }));
  return [...ofPanels, ...ofAnnotations, ...empty];
}

function checkTarget(target: Target, panel: Panel, dashboard: Dashboard, known: Known): string[] {
  const source = target.datasource ?? panel.datasource;
  if (source === undefined) return ["has no data source. Use kit/queries.ts"];
  const findings = checkSource(source, known);
  if (findings.length > 0) return findings;
  return source.type === "loki"
    ? checkLogql(target.expr, dashboard)
    : checkPromql(target.expr, dashboard, known);
}

function checkSource({ type, uid }: { type: string; uid: string }, { dataSources }: Known): string[] {
  if (dataSources.get(type) === uid) return [];
  const all = [...dataSources].map(([each, its]) => `${its} (${each})`).join(", ");
  return [`asks the data source "${uid}" (${type}), which nobody provisions. There are ${all}`];
}

function checkLogql(expr: string, dashboard: Dashboard): string[] {
  const { text, unknown } = fillIn(expr, dashboard, shortest);
  if (unknown.length > 0) return unknown.map(noVariable);
  const mistake = logqlMistake(text);
  return mistake === undefined ? [] : [`is not LogQL at ${JSON.stringify(mistake)}. Try it in Explore`];
}

function checkPromql(expr: string, dashboard: Dashboard, { scrapeSeconds }: Known): string[] {
  const { text, unknown } = fillIn(expr, dashboard, shortest);
  if (unknown.length > 0) return unknown.map(noVariable);
  const facts = readPromql(text);
  if ("error" in facts) return [`is not PromQL at ${JSON.stringify(facts.error)}. Try it in Explore`];
  const strangers = facts.metrics.filter((metric) => !scrapeSeconds.has(metric));
  const tooShort = facts.windows.filter(
    ({ metric, seconds }) => seconds < LEAST_SCRAPES * (scrapeSeconds.get(metric) ?? 0),
  );
  return [
    ...[...new Set(strangers)].map(
      (metric) =>
        `reads ${metric}, which nobody exports. Export it, or add it to check/foreign-metrics.ts with a reason`,
    ),
    ...tooShort.map(
      ({ call, metric, seconds }) =>
        `takes ${call} of ${metric} over ${duration(seconds)}, less than ${LEAST_SCRAPES} scrapes ` +
        `(${duration(LEAST_SCRAPES * (scrapeSeconds.get(metric) ?? 0))}). Use $__rate_interval`,
    ),
  ];
}

function noVariable(name: string): string {
  return `uses $${name}, which is no variable of this dashboard. Add the variable or correct the name`;
}
