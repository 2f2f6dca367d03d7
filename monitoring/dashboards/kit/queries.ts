/** A panel's questions to its data source. */
import * as loki from "@grafana/grafana-foundation-sdk/loki";
import * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import { dataSource } from "./data-sources.ts";

export type Query = prometheus.DataqueryBuilder | loki.DataqueryBuilder;

/** The past of more than a day ago is written every four minutes; Grafana's rates look at four times the least step. */
const LEAST_STEP_OF_PAST = "2m";

/**
 * PromQL over the dashboard's time range.
 *
 * @param legend the name of each series, such as `{{service}}`.
 */
export function over(expr: string, legend: string): prometheus.DataqueryBuilder {
  return prom(expr).range().legendFormat(legend);
}

/** The same, of raw counters that the demo's 30-day past has too: rates look at eight minutes or more. */
export function overPast(expr: string, legend: string): Query {
  return over(expr, legend).interval(LEAST_STEP_OF_PAST);
}

/** PromQL at the end of the time range: one number for each series. */
export function now(expr: string, legend: string): Query {
  return prom(expr).instant().legendFormat(legend);
}

/** PromQL at the end of the time range, as rows of a table: a column for each label and one for the value. */
export function rows(expr: string): Query {
  return prom(expr).instant().format(prometheus.PromQueryFormat.Table).legendFormat("__auto");
}

/** PromQL of buckets by `le`, as a heatmap's rows. */
export function buckets(expr: string): Query {
  return prom(expr).range().format(prometheus.PromQueryFormat.Heatmap).legendFormat("{{le}}");
}

/** LogQL: lines for a logs panel. */
export function lines(expr: string): Query {
  return logql(expr);
}

/** LogQL that counts, over the time range. */
export function countLines(expr: string, legend: string): Query {
  return logql(expr).legendFormat(legend);
}

function prom(expr: string): prometheus.DataqueryBuilder {
  return new prometheus.DataqueryBuilder()
    .datasource(dataSource.prometheus)
    .editorMode(prometheus.QueryEditorMode.Code)
    .expr(expr);
}

function logql(expr: string): loki.DataqueryBuilder {
  return new loki.DataqueryBuilder()
    .datasource(dataSource.loki)
    .editorMode(loki.QueryEditorMode.Code)
    .queryType("range")
    .expr(expr);
}
