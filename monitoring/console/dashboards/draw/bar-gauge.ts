import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Frame } from "../data/frame.ts";
import { hasThresholds } from "../display/display.ts";
import { clipAt, shown } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import type { DrawContext } from "./context.ts";
import { itemsOf } from "./items.ts";
import type { Item } from "./items.ts";
import { linksOf } from "./links.ts";
import { emptyPanel, valueMark } from "./mark.ts";

/** A bar a value, from `min` to `max`; below zero to the left of the line of zero. */
export function barGaugeBody(
  panel: PanelOf<"bargauge">,
  frames: readonly Frame[],
  context: DrawContext,
): Html {
  const items = itemsOf(panel, frames).slice(0, shown.lanes);
  if (items.length === 0) return emptyPanel(panel.fieldConfig.defaults.noValue);
  const values = items.map(({ value }) => (typeof value === "number" ? value : 0));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, 0);
  return html`<table class="bars">
    <thead class="screen-reader">
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Value</th>
        <th scope="col">Bar</th>
      </tr>
    </thead>
    <tbody>
      ${items.map((item) => bar(item, low, high, context))}
    </tbody>
  </table>`;
}

function bar(
  { name, text, color, value, shown: field }: Item,
  low: number,
  high: number,
  context: DrawContext,
): Html {
  const { config } = field;
  // What goes beyond `min` is still drawn: a deficit that looks like an empty bar would say nothing.
  const min = Math.min(config.min ?? low, low);
  const max = config.max ?? (high || 1);
  const share = (at: number): number => Math.min(100, Math.max(0, ((at - min) / (max - min || 1)) * 100));
  const zero = share(0);
  const end = typeof value === "number" ? share(value) : zero;
  return html`<tr>
    <th scope="row">${clip(name, clipAt.name)}</th>
    <td class="number">
      ${linksOf(valueMark({ text, color }, !hasThresholds(config.thresholds)), field, { value, text }, context)}
    </td>
    <td>
      <svg class="meter" width="100%" height="14" aria-hidden="true">
        <rect class="track" x="0" y="3" width="100%" height="8" />
        <rect
          class="fill c-${color ?? "blue"}"
          x="${Math.min(zero, end).toFixed(2)}%"
          y="3"
          width="${Math.abs(end - zero).toFixed(2)}%"
          height="8"
        />
        ${min < 0 ? html`<line class="zero" x1="${zero.toFixed(2)}%" x2="${zero.toFixed(2)}%" y1="0" y2="14" />` : nothing}
      </svg>
    </td>
  </tr>`;
}
