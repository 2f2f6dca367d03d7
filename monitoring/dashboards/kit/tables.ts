/** Tables: queries side by side, columns named, ordered and coloured. */
import * as common from "@grafana/grafana-foundation-sdk/common";
import type * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import * as table from "@grafana/grafana-foundation-sdk/table";
import { dress, refId } from "./dress.ts";
import type { PanelText } from "./dress.ts";
import { rows } from "./queries.ts";
import { thresholdList } from "./thresholds.ts";
import type { Steps } from "./thresholds.ts";

/** A column that is a label of the series. */
interface LabelColumn {
  readonly title: string;
  readonly label: string;
  /** Pixels. @default what is left */
  readonly width?: number;
  readonly links?: readonly dashboard.DashboardLinkBuilder[];
  readonly states?: Readonly<Record<string, dashboard.ValueMappingResult>>;
}

/** A column that is the value of a query, which has all the labels that are columns and no other. */
interface ValueColumn extends Omit<LabelColumn, "label"> {
  readonly expr: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly steps?: Steps;
  /** @default shown as text in the colour of the thresholds */
  readonly background?: boolean;
  /** Kept from view: the query only chooses rows. */
  readonly hidden?: boolean;
}

export type Column = LabelColumn | ValueColumn;

interface TableText extends Omit<PanelText, "queries" | "unit" | "overrides"> {
  /** From left to right. */
  readonly columns: readonly Column[];
  /** The column's title, and whether the largest comes first. */
  readonly sort: { readonly by: string; readonly descending?: boolean };
}

/** A row for each set of labels, at the end of the time range. */
export function tableOf({ columns, sort, ...text }: TableText): table.PanelBuilder {
  const values = columns.filter((column) => "expr" in column);
  const field = (column: Column): string =>
    "expr" in column ? valueField(values.indexOf(column), values.length) : column.label;
  const hidden = Object.fromEntries(
    ["Time", ...values.filter(isHidden).map(field)].map((name) => [name, true]),
  );
  const shown = columns.filter((column) => !isHidden(column));
  const panel = dress(new table.PanelBuilder(), {
    ...text,
    unit: "short",
    queries: values.map(({ expr }) => rows(expr)),
    overrides: shown.map((column) => ({ name: column.title, properties: properties(column) })),
  });
  if (values.length > 1) panel.withTransformation({ id: "merge", options: {} });
  return panel
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: hidden,
        indexByName: Object.fromEntries(shown.map((column, index) => [field(column), index])),
        renameByName: Object.fromEntries(shown.map((column) => [field(column), column.title])),
      },
    })
    .withTransformation({
      id: "sortBy",
      options: { fields: {}, sort: [{ field: sort.by, desc: sort.descending ?? false }] },
    })
    .showHeader(true)
    .cellHeight(common.TableCellHeight.Sm);
}

/** What Grafana calls the value of a query: with several queries, their letter is in it. */
function valueField(index: number, count: number): string {
  return count === 1 ? "Value" : `Value #${refId(index)}`;
}

function isHidden(column: Column): boolean {
  return "expr" in column && column.hidden === true;
}

function properties(column: Column): dashboard.DynamicConfigValue[] {
  const found: dashboard.DynamicConfigValue[] = [];
  const add = (id: string, value: unknown): void => void found.push({ id, value });
  if (column.width !== undefined) add("custom.width", column.width);
  if (column.links !== undefined)
    add(
      "links",
      column.links.map((link) => link.build()),
    );
  if (column.states !== undefined) add("mappings", [{ type: "value", options: column.states }]);
  if (!("expr" in column)) return found;
  add("unit", column.unit);
  if (column.decimals !== undefined) add("decimals", column.decimals);
  if (column.steps === undefined) return found;
  add("thresholds", { mode: "absolute", steps: thresholdList(column.steps) });
  add("custom.cellOptions", { type: column.background === true ? "color-background" : "color-text" });
  return found;
}
