import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { Frame } from "../data/frame.ts";
import { stepsOf } from "../display/display.ts";
import { clipAt, shown } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import type { DrawContext } from "./context.ts";
import { itemsOf } from "./items.ts";
import type { Item } from "./items.ts";
import { linksOf } from "./links.ts";
import { emptyPanel, kindOf, shapeOf } from "./mark.ts";

/** Half a circle, from `min` on the left to `max` on the right; the outer band has the thresholds. */
export function gaugeBody(panel: PanelOf<"gauge">, frames: readonly Frame[], context: DrawContext): Html {
  const items = itemsOf(panel, frames);
  if (items.length === 0) return emptyPanel(panel.fieldConfig.defaults.noValue);
  return html`<ul class="gauges">
    ${items.slice(0, shown.tiles).map((item) => dial(item, items.length > 1, context))}
  </ul>`;
}

function dial({ name, text, color, value, shown: field }: Item, named: boolean, context: DrawContext): Html {
  const min = field.config.min ?? 0;
  const max = field.config.max ?? 100;
  const share = (at: number): number => Math.min(1, Math.max(0, (at - min) / (max - min || 1)));
  const steps = stepsOf(field.config);
  const zero = share(Math.max(min, Math.min(0, max)));
  const end = typeof value === "number" ? share(value) : zero;
  // A range that goes below zero is filled from zero, so that a deficit points the other way.
  const [from, to] = end < zero ? [end, zero] : [zero, end];
  return html`<li>
    <svg viewBox="0 0 200 108" role="img" aria-label="${`${name}: ${text}`}">
      <path class="track" d="${arc(0, 1, 78)}" />
      ${to > from ? html`<path class="fill c-${color ?? "blue"}" d="${arc(from, to, 78)}" />` : nothing}
      ${steps.map((step, index) => {
        const start = step.value === null ? 0 : share(step.value);
        const next = steps[index + 1]?.value;
        const stop = next == null ? 1 : share(next);
        return stop > start
          ? html`<path class="band c-${step.color}" d="${arc(start, stop, 95)}" />`
          : nothing;
      })}
      ${min < 0 && max > 0 ? html`<path class="zero" d="${tick(zero)}" />` : nothing}
    </svg>
    ${linksOf(
      html`<span class="big ${kindOf(color)}">${shapeOf(color)}${clip(text, clipAt.name)}</span>`,
      field,
      { value, text },
      context,
    )}
    ${named ? html`<span class="name">${clip(name, clipAt.name)}</span>` : nothing}
  </li>`;
}

const CENTRE = [100, 102] as const;

/** @param from @param to shares of the half circle. */
function arc(from: number, to: number, radius: number): string {
  const [start, end] = [point(from, radius), point(to, radius)];
  return `M${start} A${radius} ${radius} 0 0 1 ${end}`;
}

function tick(at: number): string {
  return `M${point(at, 66)} L${point(at, 90)}`;
}

function point(share: number, radius: number): string {
  const angle = Math.PI * (1 - share);
  return `${(CENTRE[0] + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE[1] - radius * Math.sin(angle)).toFixed(1)}`;
}
