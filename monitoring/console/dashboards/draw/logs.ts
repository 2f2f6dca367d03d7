import { html } from "hono/html";
import { clip } from "../../clip.ts";
import { nothing } from "../../pages/html.ts";
import type { Html } from "../../pages/html.ts";
import type { LogLine } from "../data/loki.ts";
import { clipAt } from "../limits.ts";
import type { PanelOf } from "../schema/panel.ts";
import { emptyPanel } from "./mark.ts";

const LEVELS: Readonly<Record<string, { readonly kind: string; readonly shape: string }>> = {
  fatal: { kind: "bad", shape: "cross" },
  critical: { kind: "bad", shape: "cross" },
  error: { kind: "bad", shape: "triangle" },
  warn: { kind: "warn", shape: "diamond" },
  warning: { kind: "warn", shape: "diamond" },
};

/** Log lines, newest first unless the panel says otherwise; a line opens to its labels. All of it is text. */
export function logsBody(panel: PanelOf<"logs">, lines: readonly LogLine[]): Html {
  if (lines.length === 0)
    return emptyPanel(panel.fieldConfig.defaults.noValue ?? "No log line in this range.");
  const ordered = panel.options.sortOrder === "Ascending" ? lines.toReversed() : lines;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${panel.title}">
    <ol class="log-lines">
      ${ordered.map(logLine)}
    </ol>
  </div>`;
}

function logLine({ time, line, labels }: LogLine): Html {
  const level = labels["level"] ?? labels["detected_level"] ?? "";
  const mark = LEVELS[level.toLowerCase()];
  const moment = new Date(time).toISOString();
  return html`<li>
    <details>
      <summary>
        <time datetime="${moment}">${moment.slice(5, 23).replace("T", " ")}</time>
        <span class="level ${mark?.kind ?? "muted"}"
          >${mark === undefined ? nothing : html`<i class="${mark.shape}"></i>`}${clip(level, 12)}</span
        >
        <span class="line-text">${clip(line, clipAt.line)}</span>
      </summary>
      <dl>
        ${Object.entries(labels).map(
          ([name, value]) =>
            html`<div>
              <dt>${clip(name, clipAt.name)}</dt>
              <dd>${clip(value, clipAt.cell)}</dd>
            </div>`,
        )}
      </dl>
    </details>
  </li>`;
}
