import { html } from "hono/html";
import { compared } from "../../backtest/report/compare.ts";
import type { BacktestReport } from "../../backtest/report/report.ts";
import { count, span, times, wholePercent } from "../pages/format.ts";
import { nothing, timeAgo } from "../pages/html.ts";
import type { Html } from "../pages/html.ts";
import { inWords, lasted, picture, when } from "./picture.ts";
import type { BacktestReading } from "./runs.ts";

/** So many alerts of a policy are listed in words; the picture has all. */
const LISTED = 60;

/** Would other alert policies have done better? */
export function backtestPage({ last, running, failure }: BacktestReading, now: Date): Html {
  return html`<h1 class="quiet-heading">Backtest</h1>
    <section aria-labelledby="backtest">
      <div class="backtest-head">
        <h2 id="backtest">Which alert policy would have been right?</h2>
        <form method="post" action="/backtest" id="run-backtest" data-live>
          <button ${running === null ? nothing : html`disabled aria-busy="true"`}>
            ${running === null ? "Run backtest" : `Running, ${Math.round(running * 100)} %`}
          </button>
        </form>
      </div>
      <div id="backtest-result" data-live>
        ${failure === null ? nothing : html`<p class="banner bad" role="alert">The last run came to nothing: ${failure}.</p>`}
        ${last === null ? waiting(running) : result(last.report, last.at, now)}
      </div>
    </section>`;
}

function waiting(running: number | null): Html {
  return running === null
    ? html`<p class="empty">
        No backtest has been run. The button reads each SLO's events of the last 30 days from Prometheus and
        tells when four alert policies would have fired.
      </p>`
    : html`<p class="empty">
        Reading each SLO's events of the last 30 days from Prometheus: ${Math.round(running * 100)} %. The
        result appears here by itself.
      </p>`;
}

function result(report: BacktestReport, at: Date, now: Date): Html {
  const { slos, from, to, qualities, notes } = report;
  const events = slos.reduce((sum, { total }) => sum + total, 0);
  return html`<p class="muted">
      ${slos.length} ${slos.length === 1 ? "SLO" : "SLOs"}, ${count(events)} events from ${when(from)} to
      ${when(to)} UTC, seen every ${span(report.stepSeconds)}. Computed ${timeAgo(at, now)}, in
      ${report.cost.seconds.toFixed(1)} s.
    </p>
    ${notes.map((note) => html`<p class="muted">Note: ${note}.</p>`)}
    ${qualities.length === 0 ? unjudged() : html`${qualityTable(report)}${verdicts(report)}`}
    ${picture(report)} ${report.incidents.length === 0 ? nothing : incidentTable(report)}
    ${report.policies.map(({ name }) => alertList(report, name))}`;
}

function unjudged(): Html {
  return html`<p class="empty">
    No incidents of this time are known, so nobody can say which alerts were right. The picture shows when
    each policy would have fired.
  </p>`;
}

const heads = [
  ["pages", "How often somebody would have been woken"],
  ["false pages", "Pages without a known incident"],
  ["precision", "The share of pages that belong to an incident"],
  ["recall", "The share of incidents that a page or a ticket told of"],
  ["detection", "From an incident's start to its page, on average"],
  ["reset", "From an incident's end to the end of its last page, on average"],
  ["budget spent", "The share of the budget that an incident had spent when its page came, on average"],
  ["tickets", "How often a ticket would have been opened"],
] as const;

function qualityTable({ qualities, incidents }: BacktestReport): Html {
  const asked = incidents.filter(({ burnRate }) => burnRate > 1).length;
  const cells = qualities.map((one) => [
    String(one.pages),
    String(one.falsePages),
    wholePercent(one.precision),
    `${wholePercent(one.recall)} (${one.found} of ${asked})`,
    seconds(one.detectionSeconds),
    seconds(one.resetSeconds),
    wholePercent(one.budgetSpent),
    String(one.tickets),
  ]);
  return html`<table class="qualities">
    <thead>
      <tr>
        <th scope="col">policy</th>
        ${heads.map(([name, title]) => html`<th scope="col" class="number" title="${title}">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${qualities.map(
        ({ policy }, row) =>
          html`<tr>
            <th scope="row">${policy}</th>
            ${heads.map(([name], column) => html`<td class="number" data-label="${name}">${cells[row]?.[column] ?? ""}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function verdicts(report: BacktestReport): Html {
  return html`<ul class="plain verdicts">
    ${compared(report).map((line) => html`<li>${line}.</li>`)}
  </ul>`;
}

function incidentTable({ incidents, policies, detections }: BacktestReport): Html {
  return html`<h3>Incident by incident</h3>
    <table class="qualities met">
      <thead>
        <tr>
          <th scope="col">incident</th>
          ${policies.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${incidents.map(
          (incident) =>
            html`<tr>
              <th scope="row">
                ${incident.name}
                <span class="muted"
                  >${incident.service} ${incident.sli.join(", ")}, ${when(incident.start)},
                  ${lasted(incident)}, burning ${times(incident.burnRate)}</span
                >
              </th>
              ${policies.map(({ name }) => html`<td data-label="${name}">${metBy(name, incident.name, detections)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function metBy(policy: string, incident: string, detections: BacktestReport["detections"]): Html {
  const met = detections.find((one) => one.policy === policy && one.incident === incident);
  if (met === undefined) return html`<span class="muted">within its budget</span>`;
  if (met.page !== null) return html`page after ${span(met.page.afterSeconds)}`;
  if (met.ticket !== null) return html`ticket after ${span(met.ticket.afterSeconds)}`;
  return html`<span class="word bad"><i class="cross"></i>missed</span>`;
}

function alertList({ firings }: BacktestReport, policy: string): Html {
  const own = firings.filter((one) => one.policy === policy);
  if (own.length === 0) return nothing;
  return html`<details class="alerts-in-words" id="alerts-${policy}">
    <summary>${own.length} alerts of ${policy}</summary>
    <ul class="plain">
      ${own.slice(0, LISTED).map((one) => html`<li>${one.slo}: ${inWords(one)}</li>`)}
      ${own.length > LISTED ? html`<li>and ${own.length - LISTED} more, which the picture has</li>` : nothing}
    </ul>
  </details>`;
}

function seconds(value: number | null): string {
  return value === null ? "–" : span(value);
}
