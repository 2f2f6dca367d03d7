import { fieldOf } from "../data/frame.ts";
import type { Frame, Value } from "../data/frame.ts";
import { reduce } from "../data/reduce.ts";
import { display } from "../display/display.ts";
import type { Display } from "../display/display.ts";
import { showFields } from "../display/field.ts";
import type { Shown } from "../display/field.ts";
import type { PanelOf } from "../schema/panel.ts";

/** One value that a stat, a gauge or a bar gauge shows. */
export interface Item extends Display {
  readonly name: string;
  readonly value: Value;
  readonly shown: Shown;
  /** The values over time, where there are several. */
  readonly over: readonly Value[];
}

type Reducing = PanelOf<"stat"> | PanelOf<"gauge"> | PanelOf<"bargauge">;

/** Each field's values as one, or each of its rows where the panel says so; in the order of the queries. */
export function itemsOf({ options, fieldConfig }: Reducing, frames: readonly Frame[]): Item[] {
  const { calcs, values: eachRow, fields = "", limit = 25 } = options.reduceOptions;
  const wanted = showFields(frames, fieldConfig).filter((one) => isWanted(one, fields));
  if (eachRow === true)
    return wanted.flatMap((one, index) =>
      one.field.values.slice(0, limit).map((value, row) => item(one, value, index, rowName(one, row), [])),
    );
  const [calc = "lastNotNull"] = calcs;
  return wanted.map((one, index) =>
    item(one, reduce(calc, one.field.values), index, one.name, one.field.values),
  );
}

function item(shown: Shown, value: Value, index: number, name: string, over: readonly Value[]): Item {
  return { name, value, shown, over, ...display(value, shown.config, index) };
}

/** Numbers, unless a name or an expression says which. */
function isWanted({ field, name }: Shown, fields: string): boolean {
  if (fields === "") return field.type === "number";
  const source = /^\/(.*)\/$/.exec(fields)?.[1];
  return source === undefined ? name === fields : field.type !== "time" && new RegExp(source).test(name);
}

function rowName({ frame, name }: Shown, row: number): string {
  return String(fieldOf(frame, "string")?.values[row] ?? name);
}
