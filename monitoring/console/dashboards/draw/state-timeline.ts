import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { fieldOf } from "../data/frame.ts";
import type { Frame } from "../data/frame.ts";
import { display } from "../display/display.ts";
import type { Display } from "../display/display.ts";
import { showFields } from "../display/field.ts";
import type { Shown } from "../display/field.ts";
import { clipAt, shown } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import type { DrawContext } from "./context.ts";
import { emptyPanel, kindOf, shapeOf } from "./mark.ts";
import { timeTicks } from "./time-axis.ts";

/** How wide a letter is, as a share of a lane in percent: a stretch that is too narrow for its words has none. */
const LETTER = 1.1;

interface Stretch extends Display {
  readonly from: number;
  to: number;
}

/** A lane a series; points that look alike and follow each other are one stretch. */
export function stateTimelineBody(
  panel: PanelOf<"state-timeline">,
  frames: readonly Frame[],
  { scope }: DrawContext,
): Html {
  const lanes = showFields(frames, panel.fieldConfig)
    .filter(({ field }) => field.type !== "time" && field.values.some((value) => value !== null))
    .slice(0, shown.lanes);
  if (lanes.length === 0) return emptyPanel(panel.fieldConfig.defaults.noValue);
  const { from, to } = scope.range;
  const place = (time: number): number =>
    Math.min(100, Math.max(0, ((time - from) / (to - from || 1)) * 100));
  return html`<table class="lanes">
    <thead class="screen-reader">
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Over time</th>
        <th scope="col">Now</th>
      </tr>
    </thead>
    <tbody>
      ${lanes.map((lane, index) => laneRow(lane, index, place))}
    </tbody>
    <tfoot aria-hidden="true">
      <tr>
        <td></td>
        <td>
          <svg class="x-axis" width="100%" height="18">
            ${timeTicks(from, to, 6).map(({ at, text }) => html`<text x="${place(at).toFixed(2)}%" y="14">${text}</text>`)}
          </svg>
        </td>
        <td></td>
      </tr>
    </tfoot>
  </table>`;
}

function laneRow(lane: Shown, index: number, place: (time: number) => number): Html {
  const stretches = stretchesOf(lane, index);
  const last = stretches.at(-1);
  const words = stretches.slice(-8).map(({ text, from, to }) => `${text} ${clock(from)} to ${clock(to)}`);
  return html`<tr>
    <th scope="row">${clip(lane.name, clipAt.name)}</th>
    <td>
      <svg width="100%" height="22" role="img" aria-label="${`${lane.name}: ${words.join(", ")}`}">
        ${stretches.map(({ from, to, text, color }) => {
          const [start, end] = [place(from), place(to)];
          const width = Math.max(0.2, end - start);
          return html`<g class="c-${color ?? "gray"}">
            <title>${`${text}, ${clock(from)} to ${clock(to)}`}</title>
            <rect x="${start.toFixed(2)}%" y="1" width="${width.toFixed(2)}%" height="20" />
            ${width > text.length * LETTER + 1 ? html`<text x="${(start + 0.5).toFixed(2)}%" y="15">${clip(text, 40)}</text>` : nothing}
          </g>`;
        })}
      </svg>
    </td>
    <td>
      ${last === undefined ? nothing : html`<span class="value ${kindOf(last.color)}">${shapeOf(last.color)}${clip(last.text, 40)}</span>`}
    </td>
  </tr>`;
}

function stretchesOf({ field, frame, config }: Shown, index: number): Stretch[] {
  const times = fieldOf(frame, "time")?.values ?? [];
  const step = frame.step ?? 0;
  const found: Stretch[] = [];
  field.values.forEach((value, at) => {
    const from = Number(times[at] ?? 0);
    if (value === null) return;
    const looks = display(value, config, index);
    const last = found.at(-1);
    if (
      last !== undefined &&
      last.text === looks.text &&
      last.color === looks.color &&
      from - last.to < step / 2
    )
      last.to = from + step;
    else found.push({ ...looks, from, to: from + step });
  });
  return found;
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(5, 16).replace("T", " ");
}
