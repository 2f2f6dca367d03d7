import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { rowsOf } from "../data/frame.ts";
import type { Frame, Value } from "../data/frame.ts";
import { pick, sortedIndexes } from "../data/transform.ts";
import { display, hasThresholds } from "../display/display.ts";
import { showFields } from "../display/field.ts";
import type { Shown } from "../display/field.ts";
import { clipAt, shown } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import type { DrawContext } from "./context.ts";
import { linksOf } from "./links.ts";
import { emptyPanel, kindOf, valueMark } from "./mark.ts";

/** Rows of the panel's first frame that has some; the others are named. */
export function tableBody(panel: PanelOf<"table">, frames: readonly Frame[], context: DrawContext): Html {
  const filled = frames.filter((frame) => rowsOf(frame) > 0);
  const [frame] = filled;
  if (frame === undefined) return emptyPanel(panel.fieldConfig.defaults.noValue);
  const sorted = sortedBy(frame, panel);
  const columns = showFields([sorted], panel.fieldConfig).filter(
    ({ config }) => config.custom?.hidden !== true,
  );
  const rows = Math.min(rowsOf(sorted), shown.rows);
  const more = rowsOf(sorted) - rows;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${panel.title}">
      <table class="data">
        <thead>
          <tr>
            ${columns.map(({ field, name }) => html`<th scope="col" class="${isNumber(field) ? "number" : ""}">${clip(name, clipAt.name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Array.from(
            { length: rows },
            (_, row) =>
              html`<tr>
                ${columns.map((column, at) => cell(column, columns, row, at === 0, context))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="notes">${more} more rows are not shown.</p>` : nothing}
    ${filled.length > 1 ? html`<p class="notes">${filled.length - 1} more tables of this panel are not shown.</p>` : nothing}`;
}

function sortedBy(frame: Frame, { options, fieldConfig }: PanelOf<"table">): Frame {
  const [by] = options.sortBy;
  if (by === undefined) return frame;
  const column = showFields([frame], fieldConfig).find(({ name }) => name === by.displayName);
  return column === undefined ? frame : pick(frame, sortedIndexes(column.field.values, by.desc ?? false));
}

function cell(
  column: Shown,
  columns: readonly Shown[],
  row: number,
  first: boolean,
  context: DrawContext,
): Html {
  const { field, config } = column;
  const value = valueAt(field.values[row] ?? null, field.type);
  const shownAs = display(value, field.type === "time" ? { ...config, unit: "dateTimeAsIso" } : config);
  const kind = config.custom?.cellOptions?.type ?? "auto";
  const colored = kind.startsWith("color-") || config.mappings !== undefined;
  const marked = colored
    ? valueMark(shownAs, !hasThresholds(config.thresholds) && config.mappings === undefined)
    : html`${clip(shownAs.text, clipAt.cell)}`;
  const cells = rowCells(columns, row);
  const linked = linksOf(marked, column, { value, text: shownAs.text, cells }, context);
  const classes = [
    isNumber(field) ? "number" : "",
    kind === "color-background" ? `ground-${kindOf(shownAs.color)}` : "",
  ]
    .join(" ")
    .trim();
  return first
    ? html`<th scope="row" class="${classes}">${linked}</th>`
    : html`<td class="${classes}">${linked}</td>`;
}

/** Every cell of a row by its column's name and by its field's own, for links. */
function rowCells(columns: readonly Shown[], row: number): Record<string, string> {
  const entries = columns.flatMap(({ field, name }) => {
    const text = String(field.values[row] ?? "");
    return [
      [field.name, text],
      [name, text],
    ];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function isNumber({ type }: Shown["field"]): boolean {
  return type === "number";
}

/** Times are seconds in frames and milliseconds in units. */
function valueAt(value: Value, type: string): Value {
  return type === "time" && typeof value === "number" ? value * 1000 : value;
}
