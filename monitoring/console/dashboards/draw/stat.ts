import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Frame, Value } from "../data/frame.ts";
import { hasThresholds } from "../display/display.ts";
import { clipAt, shown } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import { itemsOf } from "./items.ts";
import type { Item } from "./items.ts";
import { linksOf } from "./links.ts";
import { emptyPanel, kindOf, shapeOf } from "./mark.ts";
import type { DrawContext } from "./context.ts";

/** Large numbers, with the way they came as a line beneath where the panel asks for it. */
export function statBody(panel: PanelOf<"stat">, frames: readonly Frame[], context: DrawContext): Html {
  const items = itemsOf(panel, frames);
  if (items.length === 0) return emptyPanel(panel.fieldConfig.defaults.noValue);
  return html`<ul class="stats ${items.length > 1 ? "several" : "single"}">
    ${items.slice(0, shown.tiles).map((item) => tile(panel, item, items.length, context))}
  </ul>`;
}

function tile({ options }: PanelOf<"stat">, item: Item, count: number, context: DrawContext): Html {
  const { name, text, color, shown: field, over, value } = item;
  const { textMode, graphMode, colorMode } = options;
  const showName = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && count > 1);
  const colored =
    colorMode !== "none" && (hasThresholds(field.config.thresholds) || field.config.mappings !== undefined);
  const number = html`<span class="big ${colored ? kindOf(color) : ""}"
    >${colored ? shapeOf(color) : nothing}${clip(text, clipAt.name)}</span
  >`;
  return html`<li>
    ${showName ? html`<span class="name">${clip(name, clipAt.name)}</span>` : nothing}
    ${textMode === "name" ? nothing : linksOf(number, field, { value, text }, context)}
    ${graphMode === "area" ? sparkline(over) : nothing}
  </li>`;
}

/** A line without axes; the words beside it say what counts, so it is silent for screen readers. */
function sparkline(values: readonly Value[]): Html {
  const numbers = values.filter((value): value is number => typeof value === "number");
  if (numbers.length < 2) return nothing;
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  let pen = "M";
  const path = values
    .map((value, at) => {
      if (typeof value !== "number") {
        pen = "M";
        return "";
      }
      const x = Math.round((at / (values.length - 1)) * 1000);
      const y = high === low ? 50 : Math.round(95 - ((value - low) / (high - low)) * 90);
      const command = `${pen}${x} ${y}`;
      pen = "L";
      return command;
    })
    .join("");
  return html`<svg class="spark" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
    <path d="${path}" />
  </svg>`;
}
