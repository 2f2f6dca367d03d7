import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { dataSource } from "./data-sources.ts";

interface Choice {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** PromQL's series selector, and the label whose values are to choose from. */
  readonly series: string;
  readonly label: string;
}

/** One value of a label; the first of them where the address has none. */
export function oneOf(choice: Choice, first: string): dashboard.QueryVariableBuilder {
  return variable(choice)
    .multi(false)
    .includeAll(false)
    .current({ text: first, value: first, selected: true });
}

/** Any number of values of a label, all of them at first. A query compares with `=~`. */
export function anyOf(choice: Choice): dashboard.QueryVariableBuilder {
  return variable(choice)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ text: "All", value: "$__all", selected: true });
}

/** Free text. */
export function freeText(name: string, title: string, description: string): dashboard.TextBoxVariableBuilder {
  return new dashboard.TextBoxVariableBuilder(name)
    .label(title)
    .description(description)
    .defaultValue("")
    .current({ text: "", value: "", selected: true });
}

function variable({ name, title, description, series, label }: Choice): dashboard.QueryVariableBuilder {
  const query = `label_values(${series}, ${label})`;
  return (
    new dashboard.QueryVariableBuilder(name)
      .label(title)
      .description(description)
      .datasource(dataSource.prometheus)
      .query({ qryType: 1, query, refId: "PrometheusVariableQueryEditor-VariableQuery" })
      .definition(query)
      .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
      // oxlint-disable-next-line unicorn/no-array-sort -- a builder's, not an array's
      .sort(dashboard.VariableSort.AlphabeticalAsc)
  );
}
