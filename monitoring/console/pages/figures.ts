/** The overview's two small drawings. SVG with attributes only, since the content policy allows no inline style. */
import { html } from "hono/html";
import { decimal } from "../../compiler/decimal.ts";
import type { TierReading } from "../overview/slo-row.ts";
import { times, wholePercent } from "./format.ts";
import { nothing } from "./html.ts";
import type { Html } from "./html.ts";

/** The bar's scale: half of a budget to the left of zero, a whole one to the right. */
const OVERDRAWN = 48;
const WHOLE = 96;
const HEIGHT = 12;

/**
 * The budget that is left: to the right of the zero line what there is, to the left of it what was spent beyond it. An
 * arrow's head says that a deficit goes beyond the scale.
 */
export function budgetBar(left: number | null): Html {
  if (left === null) return nothing;
  const kind = left <= 0 ? "bad" : left < 0.25 ? "warn" : "good";
  const width = left < 0 ? Math.min(OVERDRAWN, -left * WHOLE) : Math.min(WHOLE, left * WHOLE);
  const start = left < 0 ? OVERDRAWN - width : OVERDRAWN;
  const beyond = left * WHOLE < -OVERDRAWN;
  return html`<svg class="budget ${kind}" viewBox="0 0 ${OVERDRAWN + WHOLE + 2} ${HEIGHT}" aria-hidden="true">
    <rect class="track" x="${OVERDRAWN}.5" y="1.5" width="${WHOLE}" height="${HEIGHT - 3}" />
    <rect class="fill" x="${start.toFixed(1)}" y="1.5" width="${width.toFixed(1)}" height="${HEIGHT - 3}" />
    ${beyond ? html`<path class="track" d="M5 2 L0.5 6 L5 10" />` : nothing}
    <path class="zero" d="M${OVERDRAWN}.5 0 V${HEIGHT}" />
  </svg>`;
}

/**
 * A tier's chip: its factor over a fill that rises to the threshold. A dashed frame: its alert is pending; a ring:
 * it fires. The words for a screen reader, and on hover, say the same.
 */
export function tierChip(tier: TierReading): Html {
  const fill = Math.min(1, Math.max(0, tier.share ?? 0)) * 20;
  const text = tierWords(tier);
  return html`<svg
    class="chip ${tier.alert} ${tier.severity}"
    viewBox="0 0 30 26"
    role="img"
    aria-label="${text}"
  >
    <title>${text}</title>
    <rect class="fill" x="3" y="${(23 - fill).toFixed(1)}" width="24" height="${fill.toFixed(1)}" />
    <rect class="frame" x="3" y="3" width="24" height="20" rx="2" />
    ${tier.alert === "firing" ? html`<rect class="ring" x="0.75" y="0.75" width="28.5" height="24.5" rx="4" />` : nothing}
    <text x="15" y="17" text-anchor="middle">${Math.floor(tier.factor)}</text>
  </svg>`;
}

/** `14.4×, 1h and 5m windows: burning 0.3× and 0.1×, 1 % of the threshold, quiet`. */
export function tierWords(tier: TierReading): string {
  const { factor, longWindow, shortWindow, longBurn, shortBurn, share, alert } = tier;
  const burning =
    share === null
      ? "not known yet"
      : `burning ${times(longBurn)} and ${times(shortBurn)}, ${wholePercent(share)} of the threshold`;
  return `${decimal(factor)}×, ${longWindow} and ${shortWindow} windows: ${burning}, ${alert}`;
}
