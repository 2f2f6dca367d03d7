import { html } from "hono/html";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { fieldOf } from "../data/frame.ts";
import type { Frame } from "../data/frame.ts";
import { formatValue } from "../../static/dashboards/units.js";
import type { PanelOf } from "../schema/panel.ts";
import { axisFor } from "./chart.ts";
import type { DrawContext } from "./context.ts";
import { emptyPanel } from "./mark.ts";
import { timeTicks } from "./time-axis.ts";

/** A bucket with what fell into it alone: Prometheus' buckets hold all that is below them. */
interface Bucket {
  readonly bound: number;
  readonly label: string;
  readonly counts: readonly (number | null)[];
}

/** How many shades a cell can have. */
const SHADES = 8;

/** How often a value fell into each bucket, over time: the darker, the more. */
export function heatmapBody(
  panel: PanelOf<"heatmap">,
  frames: readonly Frame[],
  { scope }: DrawContext,
): Html {
  const unit = panel.options.yAxis.unit ?? panel.fieldConfig.defaults.unit ?? "";
  const buckets = bucketsOf(frames, unit);
  const times = (frames[0] && fieldOf(frames[0], "time")?.values) ?? [];
  const most = buckets
    .flatMap(({ counts }) => counts)
    .reduce<number>((high, count) => Math.max(high, count ?? 0), 0);
  if (buckets.length === 0 || most === 0) return emptyPanel(panel.fieldConfig.defaults.noValue);
  const { from, to } = scope.range;
  const step = frames[0]?.step ?? 1;
  const place = (time: number): number => ((time - from) / (to - from || 1)) * 100;
  const high = 100 / buckets.length;
  const cells = buckets.flatMap(({ counts }, row) =>
    counts.map((count, at) => {
      if (count === null || count <= 0) return nothing;
      const start = Math.max(0, place(Number(times[at]) - step));
      const width = place(Number(times[at])) - start;
      if (width <= 0) return nothing;
      // The square root, so that a rare slow request can be seen beside a thousand fast ones.
      const shade = Math.max(1, Math.ceil(Math.sqrt(count / most) * SHADES));
      return html`<rect
        class="h${shade}"
        x="${start.toFixed(2)}%"
        y="${(100 - (row + 1) * high).toFixed(2)}%"
        width="${width.toFixed(2)}%"
        height="${high.toFixed(2)}%"
      />`;
    }),
  );
  return html`<figure class="graph heat">
    <div
      class="plot axis-${axisFor(buckets.map(({ label }) => label))}"
      role="img"
      aria-label="${sayHeat(panel.title, buckets, from, to)}"
    >
      <svg class="y-axis">
        ${buckets.map(({ label }, row) => (row % Math.ceil(buckets.length / 8) === 0 ? html`<text x="100%" y="${(100 - (row + 0.5) * high).toFixed(2)}%">${label}</text>` : nothing))}
      </svg>
      <svg class="lines">${cells}</svg>
      <svg class="x-axis">
        ${timeTicks(from, to, 6).map(({ at, text }) => html`<text x="${place(at).toFixed(2)}%" y="14">${text}</text>`)}
      </svg>
    </div>
    <figcaption class="heat-key">
      fewer
      ${Array.from({ length: SHADES }, (_, at) => html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="h${at + 1}" width="10" height="10" /></svg>`)}
      more, ${formatValue(most)} at most in one field
    </figcaption>
  </figure>`;
}

/** Cumulative `le` buckets as single ones, lowest first; other series stand each for itself. */
function bucketsOf(frames: readonly Frame[], unit: string): Bucket[] {
  const rows = frames.map((frame) => {
    const field = fieldOf(frame, "number");
    const le = field?.labels["le"] ?? field?.legend ?? "";
    const counts = (field?.values ?? []).map((value) => (typeof value === "number" ? value : null));
    return { bound: Number(le.replace("+Inf", "Infinity")), le, counts };
  });
  if (rows.some(({ bound }) => Number.isNaN(bound)))
    return rows.map(({ bound, le, counts }) => ({ bound, label: le, counts }));
  const sorted = rows.toSorted((a, b) => a.bound - b.bound);
  return sorted.map(({ bound, counts }, row) => {
    const below = sorted[row - 1];
    const label = Number.isFinite(bound)
      ? `≤ ${formatValue(bound, unit)}`
      : `> ${below === undefined ? "0" : formatValue(below.bound, unit)}`;
    return {
      bound,
      label,
      counts: counts.map((count, at) =>
        count === null ? null : Math.max(0, count - (below?.counts[at] ?? 0)),
      ),
    };
  });
}

function sayHeat(title: string, buckets: readonly Bucket[], from: number, to: number): string {
  const sums = buckets.map(({ label, counts }) => ({
    label,
    sum: counts.reduce<number>((total, count) => total + (count ?? 0), 0),
  }));
  const all = sums.reduce((total, { sum }) => total + sum, 0) || 1;
  const said = sums
    .toSorted((a, b) => b.sum - a.sum)
    .slice(0, 3)
    .map(({ label, sum }) => `${Math.round((sum / all) * 100)} % ${label}`);
  return `${title}, as a heatmap from ${new Date(from * 1000).toISOString().slice(0, 16)} to ${new Date(to * 1000).toISOString().slice(0, 16)}. Most: ${said.join(", ")}`;
}
