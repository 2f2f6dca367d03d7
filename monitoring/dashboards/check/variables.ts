/** Grafana's variables in queries, filled in so that a query is one that a data source understands. */
import type { Dashboard } from "./shape.ts";

/** Durations that Grafana puts into a query, as PromQL writes them. */
export interface Times {
  readonly rateInterval: string;
  readonly interval: string;
  readonly range: string;
}

const variable = /\$(?:\{(\w+)\}|(\w+))/g;

/**
 * Fills in the variables of a query.
 *
 * @returns the query, and the names of the variables that the dashboard does not have.
 */
export function fillIn(
  expr: string,
  dashboard: Pick<Dashboard, "templating">,
  times: Times,
): { readonly text: string; readonly unknown: readonly string[] } {
  const values = new Map([
    ["__rate_interval", times.rateInterval],
    ["__interval", times.interval],
    ["__auto", times.interval],
    ["__range", times.range],
    ...dashboard.templating.list.map(({ name, current, allValue }): [string, string] => [
      name,
      current.value === "$__all" ? (allValue ?? ".*") : current.value,
    ]),
  ]);
  const unknown: string[] = [];
  const text = expr.replaceAll(variable, (written: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? "";
    // label_replace numbers its groups: "$1" is PromQL's own.
    if (/^\d+$/.test(name)) return written;
    const value = values.get(name);
    if (value === undefined) unknown.push(name);
    return value ?? written;
  });
  return { text, unknown };
}
