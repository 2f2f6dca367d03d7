import { html } from "hono/html";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { clip } from "../../clip.ts";
import { MEANING } from "../display/colors.ts";
import type { Color } from "../display/colors.ts";
import type { Display } from "../display/display.ts";
import { clipAt } from "../limits.ts";

/** The shape that stands beside a state's colour. */
export function shapeOf(color: Color | null): Html {
  const meaning = color === null ? null : MEANING[color];
  return meaning === null ? nothing : html`<i class="${meaning.shape}"></i>`;
}

/** The class of a state's text: `good`, `warn`, `bad`, or none. */
export function kindOf(color: Color | null): string {
  return (color === null ? null : MEANING[color]?.kind) ?? "plain-value";
}

/** A value as shape, colour and text. @param quiet without its shape, where it would say nothing. */
export function valueMark({ text, color }: Display, quiet = false): Html {
  return html`<span class="value ${kindOf(color)}"
    >${quiet ? nothing : shapeOf(color)}${clip(text, clipAt.cell)}</span
  >`;
}

/** What stands in a panel that has nothing to show. */
export function emptyPanel(noValue: string | undefined): Html {
  return html`<p class="no-data">${noValue || "No data in this range."}</p>`;
}
