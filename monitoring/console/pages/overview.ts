import { html } from "hono/html";
import type { Overview, OverviewReading } from "../overview/overview.ts";
import type { SloRow } from "../overview/slo-row.ts";
import { alertList, downList } from "./alerts.ts";
import { budgetBar, tierChip } from "./figures.ts";
import { percent, percentLike, span, times, wholePercent } from "./format.ts";
import { nothing } from "./html.ts";
import type { Html } from "./html.ts";
import type { Places } from "./places.ts";
import { sloDetail } from "./slo-detail.ts";

const COLUMNS = 8;

/** Colour, shape and word say the same. */
const STATE_WORDS: Readonly<Record<SloRow["state"], { kind: string; shape: string; word: string }>> = {
  page: { kind: "bad", shape: "triangle", word: "page firing" },
  ticket: { kind: "warn", shape: "diamond", word: "ticket" },
  pending: { kind: "warn", shape: "ring", word: "pending" },
  "no data": { kind: "muted", shape: "dash", word: "no data" },
  ok: { kind: "good", shape: "dot", word: "ok" },
};

export interface OverviewView {
  readonly reading: OverviewReading;
  /** The row that is unfolded, as `service/slo`; none when empty. */
  readonly open: string;
  /** The dead man's switch, as a line. */
  readonly dead: Html;
  /** The fault switches, and what they have caused. */
  readonly breakSomething: Html;
  readonly happening: Html;
  /** The same in a few words, for a screen reader to read out when it changes. */
  readonly said: string;
  readonly places: Places;
  readonly now: Date;
}

/** Page 1: is anyone's budget burning, how fast, and who knows? */
export function overviewPage(view: OverviewView): Html {
  const { reading, dead, breakSomething, happening, said, now } = view;
  const { overview } = reading;
  return html`<h1 class="quiet-heading">Overview</h1>
    ${dead}
    <section aria-labelledby="slos">
      <h2 id="slos">Service level objectives</h2>
      <div id="slo-table" data-live>${overview === null ? waiting() : sloTable(overview, view)}</div>
    </section>
    <div class="lab">
      <section aria-labelledby="break">
        <h2 id="break">Break something</h2>
        <div id="break-pane" data-live>${breakSomething}</div>
      </section>
      <section class="happening" aria-labelledby="now">
        <h2 id="now">Now <span class="muted">UTC</span></h2>
        <form method="post" action="/faults/undo" id="undo"></form>
        <p class="quiet-heading" role="status" id="now-said" data-live>${said}</p>
        <div id="now-pane" data-live>${happening}</div>
      </section>
    </div>
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <div id="alert-list" data-live>${alertList(overview?.alerts ?? null, now)}</div>
    </section>
    <div id="down" data-live>${downList(overview?.targets.down ?? [])}</div>`;
}

function waiting(): Html {
  return html`<p class="empty">
    No answer from Prometheus yet. The objectives appear here within seconds of its first one.
  </p>`;
}

function sloTable({ slos }: Overview, { open, places }: OverviewView): Html {
  if (slos.length === 0)
    return html`<p class="empty">
      Prometheus has recorded no objective yet. They appear here once it has evaluated the rules in
      <code>monitoring/generated/rules</code>; <code>npm run generate</code> writes them from
      <code>monitoring/slo</code>.
    </p>`;
  return html`<table class="slos">
    <thead>
      <tr>
        <th scope="col">SLO</th>
        <th scope="col" class="number">objective</th>
        <th scope="col" class="number" title="The share of good events over the SLO's whole period">
          SLI ${slos[0]?.period}
        </th>
        <th scope="col" class="budget-column" title="What is left of the period's error budget">
          budget left
        </th>
        <th
          scope="col"
          class="number"
          title="How many times faster than sustainable the last hour burnt the budget"
        >
          burn 1h
        </th>
        <th scope="col" title="The four alert tiers: how near the burn rate is to each threshold">windows</th>
        <th scope="col" class="number" title="If the last hour's burn rate goes on">exhausted in</th>
        <th scope="col">state</th>
      </tr>
    </thead>
    <tbody>
      ${slos.map((row) => sloRow(row, open === nameOf(row), places))}
    </tbody>
  </table>`;
}

function sloRow(row: SloRow, open: boolean, places: Places): Html {
  const name = nameOf(row);
  const id = encodeURIComponent(name);
  return html`<tr id="slo-${id}" class="${open ? "open" : ""}">
      <th scope="row">
        <a href="${open ? "/" : `/?slo=${id}`}#slo-${id}" aria-expanded="${open ? "true" : "false"}">
          <span class="fold" aria-hidden="true">${open ? "▾" : "▸"}</span>${row.service}
          <span class="sli">${row.sli ?? row.slo}</span></a
        >
      </th>
      <td class="number" data-label="objective">${percent(row.objective)}</td>
      <td class="number" data-label="SLI ${row.period}">${percentLike(row.ratio, row.objective)}</td>
      <td class="budget-column" data-label="budget left">
        <span class="budget-cell"
          >${budgetBar(row.budgetLeft)} <span class="number">${wholePercent(row.budgetLeft)}</span></span
        >
      </td>
      <td class="number" data-label="burn 1h">${times(row.burnHour)}</td>
      <td data-label="windows"><span class="chips">${row.tiers.map(tierChip)}</span></td>
      <td class="number" data-label="exhausted in">${exhausted(row.exhaustedInSeconds)}</td>
      <td data-label="state">${stateWord(row.state)}</td>
    </tr>
    ${
      open
        ? html`<tr id="detail-${id}" class="detail">
            <td colspan="${COLUMNS}">${sloDetail(row, places)}</td>
          </tr>`
        : nothing
    }`;
}

function nameOf({ service, slo }: SloRow): string {
  return `${service}/${slo}`;
}

function exhausted(seconds: number | null): string {
  if (seconds === null) return "–";
  return seconds === 0 ? "already" : span(seconds);
}

function stateWord(state: SloRow["state"]): Html {
  const { kind, shape, word } = STATE_WORDS[state];
  return html`<span class="word ${kind}"><i class="${shape}"></i>${word}</span>`;
}
