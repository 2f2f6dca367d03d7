/**
 * What happened when, as lanes on one time axis. Drawn on the server as SVG with attributes only, since the content policy
 * allows no inline style. Whatever is drawn is also said in words, in the lane's accessible name.
 */
import { html } from "hono/html";
import { nothing } from "../pages/html.ts";
import type { Html } from "../pages/html.ts";
import { ticksOf } from "./axis.ts";
import { linePath } from "./line.ts";
import type { Line } from "./line.ts";

export type Tone = "good" | "warn" | "bad" | "muted" | "accent";

/** A stretch of time. All moments are in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  readonly tone: Tone;
  /** An outline only: something that may still come to nothing. @default false */
  readonly hollow?: boolean;
  readonly words: string;
}

/** A moment: what was computed (dashed), what was seen (solid), what was heard (a dot), or what was over (a ring). */
export interface Mark {
  readonly at: number;
  readonly kind: "predicted" | "measured" | "heard" | "over";
  readonly tone: Tone;
  readonly words: string;
}

export interface Lane {
  readonly name: string;
  /** What stands under the name, smaller. @default nothing */
  readonly detail?: string;
  readonly spans?: readonly Span[];
  readonly marks?: readonly Mark[];
  readonly line?: Line;
}

export interface Chart {
  /** What the chart shows, for a screen reader. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Where the present is; the axis may reach into the future. @default not drawn */
  readonly now?: number;
  readonly lanes: readonly Lane[];
}

const HEIGHT = 28;
const TALL = 72;
/** A stretch that is shorter than this is drawn as long; percent of the axis. */
const SHORTEST = 0.3;

/** Draws the chart. What lies outside the axis is cut off. */
export function lanesChart(chart: Chart): Html {
  return html`<div class="lanes" role="group" aria-label="${chart.label}">
    ${chart.lanes.map((lane) => laneRow(lane, chart))}
    <div class="lane axis" aria-hidden="true">
      <div class="lane-name"></div>
      <svg class="lane-plot" height="20">
        ${ticksOf(chart.from, chart.to).map(
          ({ at, words }) =>
            html`<text x="${percent(at, chart)}" y="14" text-anchor="middle">${words}</text>`,
        )}
      </svg>
    </div>
  </div>`;
}

function laneRow(lane: Lane, chart: Chart): Html {
  const { name, detail, spans = [], marks = [], line } = lane;
  const height = line === undefined ? HEIGHT : TALL;
  const inside = ({ at }: { at: number }): boolean => at >= chart.from && at <= chart.to;
  const words = [...spans, ...marks].map((each) => each.words).concat(line === undefined ? [] : [line.words]);
  return html`<div class="lane">
    <div class="lane-name">
      ${name}${detail === undefined ? nothing : html` <span class="muted">${detail}</span>`}
    </div>
    <svg
      class="lane-plot"
      height="${height}"
      role="img"
      aria-label="${name}: ${words.join("; ") || "nothing"}"
    >
      ${ticksOf(chart.from, chart.to).map((tick) => rule(percent(tick.at, chart), height, "grid"))}
      ${chart.now === undefined || chart.now > chart.to ? nothing : rule(percent(chart.now, chart), height, "present")}
      ${line === undefined ? nothing : linePath(line, chart, height)}
      ${spans.map((span) => spanRect(span, chart, height))}
      ${marks.filter(inside).map((mark) => markShape(mark, chart, height))}
    </svg>
  </div>`;
}

function spanRect({ from, to, tone, hollow, words }: Span, chart: Chart, height: number): Html {
  const end = Math.min(to ?? chart.now ?? chart.to, chart.to);
  const start = Math.max(from, chart.from);
  if (end < start) return nothing;
  const width = Math.max(SHORTEST, (100 * (end - start)) / (chart.to - chart.from));
  return html`<rect
    class="span ${tone} ${hollow === true ? "hollow" : ""}"
    x="${percent(start, chart)}"
    y="8"
    width="${width.toFixed(3)}%"
    height="${height - 16}"
  >
    <title>${words}</title>
  </rect>`;
}

function markShape({ at, kind, tone, words }: Mark, chart: Chart, height: number): Html {
  const x = percent(at, chart);
  if (kind === "predicted" || kind === "measured")
    return html`<line class="mark ${kind} ${tone}" x1="${x}" x2="${x}" y1="1" y2="${height - 1}">
      <title>${words}</title>
    </line>`;
  return html`<circle class="mark ${kind} ${tone}" cx="${x}" cy="${height / 2}" r="6"
    ><title>${words}</title></circle
  >`;
}

function rule(x: string, height: number, kind: "grid" | "present"): Html {
  return html`<line class="${kind}" x1="${x}" x2="${x}" y1="0" y2="${height}" />`;
}

function percent(at: number, { from, to }: Chart): string {
  return `${((100 * (at - from)) / (to - from)).toFixed(3)}%`;
}
