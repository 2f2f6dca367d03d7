/** A panel's questions to its data source. */
import * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import { dataSource } from "./data-sources.ts";

export type Query = prometheus.DataqueryBuilder;

/** The past is written once a minute: no rate may look at less than four of its samples, and Grafana takes four steps. */
const LEAST_STEP = "1m";

/**
 * PromQL over the dashboard's time range.
 *
 * @param legend the name of each series, such as `{{service}}`.
 */
export function over(expr: string, legend: string): Query {
  const query = prom(expr).range().legendFormat(legend);
  return expr.includes("$__rate_interval") ? query.interval(LEAST_STEP) : query;
}

/** PromQL at the end of the time range: one number for each series. */
export function now(expr: string, legend: string): Query {
  return prom(expr).instant().legendFormat(legend);
}

/** PromQL at the end of the time range, as rows of a table: a column for each label and one for the value. */
export function rows(expr: string): Query {
  return prom(expr).instant().format(prometheus.PromQueryFormat.Table).legendFormat("__auto");
}

function prom(expr: string): prometheus.DataqueryBuilder {
  return new prometheus.DataqueryBuilder()
    .datasource(dataSource.prometheus)
    .editorMode(prometheus.QueryEditorMode.Code)
    .expr(expr);
}
