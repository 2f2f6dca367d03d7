import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import { clipAt } from "../limits.ts";
import { addressOf } from "../request.ts";
import { PRESETS } from "../time-range.ts";
import type { TimeRange } from "../time-range.ts";
import type { Choice, Wanted } from "../variables/resolve.ts";

/** Variables and time range, as a form that works without script; the script only spares the button. */
export function controls(uid: string, choices: readonly Choice[], wanted: Wanted, range: TimeRange): Html {
  const { from, to } = range.words;
  const span = range.to - range.from;
  const at = (start: number, end: number): string =>
    addressOf(uid, wanted, milliseconds(start), milliseconds(end));
  return html`<form class="controls" method="get" action="/dashboards/${uid}" data-controls>
    ${choices.filter(({ hidden }) => !hidden).map(choiceField)}
    ${choices.some(({ hidden }) => !hidden) ? html`<button class="apply">Apply</button>` : nothing}
    <fieldset class="presets">
      <legend class="screen-reader">Time range</legend>
      ${PRESETS.map(
        ([start, words]) =>
          html`<button
            name="last"
            value="${start}"
            title="${words}"
            ${to === "now" && from === start ? html`aria-current="true"` : nothing}
          >
            ${start.slice(4).replace(/(\d)([mhd])$/, "$1 $2")}
          </button>`,
      )}
    </fieldset>
    <details class="custom-range">
      <summary>${rangeWords(range)}</summary>
      <div>
        <label>from <input name="from" value="${from}" size="16" /></label>
        <label>to <input name="to" value="${to}" size="16" /></label>
        <button>Show</button>
        <p class="muted">now-6h, now-1d/d, milliseconds, or 2026-11-28T12:00:00Z. All times are UTC.</p>
      </div>
    </details>
    <nav class="shift" aria-label="Move the time range">
      <a href="${at(range.from - span / 2, range.to - span / 2)}" title="Half a range earlier">earlier</a>
      <a href="${at(range.from - span / 2, range.to + span / 2)}" title="Twice as much time">zoom out</a>
      ${to === "now" ? nothing : html`<a href="${at(range.from + span / 2, range.to + span / 2)}" title="Half a range later">later</a>`}
    </nav>
  </form>`;
}

/** `28 Nov 12:00 – 18:00 UTC`, or the words of the address where it moves with the clock. */
function rangeWords({ from, to, words }: TimeRange): string {
  const preset = PRESETS.find(([start]) => start === words.from);
  if (preset !== undefined && words.to === "now") return preset[1];
  const [, count, unit] = /^now-(\d+)([smhdw])$/.exec(words.from) ?? [];
  if (count !== undefined && words.to === "now") return `last ${count} ${unit === "m" ? "min" : unit}`;
  const [start, end] = [from, to].map((at) =>
    new Date(at * 1000).toISOString().slice(0, 16).replace("T", " "),
  );
  return `${start} to ${start?.slice(0, 10) === end?.slice(0, 10) ? end?.slice(11) : end} UTC`;
}

function choiceField(choice: Choice): Html {
  const { name, label, kind, multi, options, values } = choice;
  if (kind === "textbox")
    return html`<label
      >${label} <input name="var-${name}" value="${values[0] ?? ""}" size="24" maxlength="200"
    /></label>`;
  if (multi) return several(choice);
  const listed = [...new Set([...options, ...values])];
  return html`<label
    >${label}
    <select name="var-${name}">
      ${choice.includeAll ? option("$__all", "All", choice.all) : nothing}
      ${listed.map((value) => option(value, clip(value, clipAt.name), !choice.all && values.includes(value)))}
    </select></label
  >`;
}

function several({ name, label, options, values, all, includeAll }: Choice): Html {
  const chosen = all ? "All" : values.length > 2 ? `${values.length} chosen` : values.join(", ") || "none";
  return html`<details class="several">
    <summary>${label} <span class="chosen">${clip(chosen, 40)}</span></summary>
    <fieldset>
      <legend class="screen-reader">${label}</legend>
      ${includeAll ? checkbox(name, "$__all", "All", all) : nothing}
      ${options.map((value) => checkbox(name, value, clip(value, clipAt.name), !all && values.includes(value)))}
    </fieldset>
  </details>`;
}

function option(value: string, text: string, selected: boolean): Html {
  return selected
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;
}

function checkbox(name: string, value: string, text: string, checked: boolean): Html {
  const mark = checked ? html`checked` : nothing;
  return html`<label><input type="checkbox" name="var-${name}" value="${value}" ${mark} />${text}</label>`;
}

function milliseconds(seconds: number): string {
  return String(Math.round(seconds * 1000));
}
