import { html } from "hono/html";
import { nothing } from "../pages/html.ts";
import type { Html } from "../pages/html.ts";

/** A value over time. */
export interface Line {
  /** Milliseconds since 1970, and the value; oldest first. */
  readonly points: readonly (readonly [at: number, value: number])[];
  /** The value at the top of the lane; above 0. */
  readonly max: number;
  /** What stands at the top: `max` with its unit. */
  readonly maxWords: string;
  /** What the line shows, in words. */
  readonly words: string;
}

/** How wide the line's own coordinates are; it is stretched to the lane. */
const WIDTH = 1000;
/** More points than a screen has columns say nothing more. */
const MOST_POINTS = 600;

/** Draws the line over its lane, with the area under it filled. A gap of four usual steps is left empty. */
export function linePath(
  { points, max, maxWords }: Line,
  axis: { readonly from: number; readonly to: number },
  height: number,
): Html {
  const inside = points.filter(([at, value]) => at >= axis.from && at <= axis.to && Number.isFinite(value));
  const every = Math.ceil(inside.length / MOST_POINTS);
  const shown = inside.filter((_point, index) => index % every === 0);
  if (shown.length === 0) return nothing;
  const x = (at: number): string => ((WIDTH * (at - axis.from)) / (axis.to - axis.from)).toFixed(1);
  const y = (value: number): string => (height - (Math.min(value, max) / max) * (height - 2) - 1).toFixed(1);
  const stretches = stretchesOf(shown);
  const outline = stretches.map((stretch) => stretch.map(([at, value]) => `${x(at)} ${y(value)}`).join(" L"));
  const areas = stretches.map((stretch, index) => {
    const [first, last] = [stretch[0]?.[0] ?? 0, stretch.at(-1)?.[0] ?? 0];
    return `M${x(first)} ${height} L${outline[index] ?? ""} L${x(last)} ${height} Z`;
  });
  return html`<svg
      viewBox="0 0 ${WIDTH} ${height}"
      preserveAspectRatio="none"
      width="100%"
      height="${height}"
    >
      <path class="area" d="${areas.join(" ")}" />
      <path
        class="outline"
        d="${outline.map((path) => `M${path}`).join(" ")}"
        vector-effect="non-scaling-stroke"
      />
    </svg>
    <text class="scale" x="4" y="12">${maxWords}</text>`;
}

function stretchesOf(points: Line["points"]): Line["points"][] {
  const steps = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at));
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const stretches: (readonly [number, number])[][] = [];
  for (const [index, point] of points.entries()) {
    const gap = (steps[index - 1] ?? Infinity) > 4 * usual;
    if (gap || stretches.length === 0) stretches.push([point]);
    else stretches.at(-1)?.push(point);
  }
  return stretches;
}
