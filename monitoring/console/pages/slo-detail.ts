import { html } from "hono/html";
import { decimal } from "../../compiler/decimal.ts";
import type { SloRow, TierReading } from "../overview/slo-row.ts";
import { alertName } from "../../compiler/names.ts";
import { isPage } from "../../compiler/windows.ts";
import { count, percent, times, wholePercent } from "./format.ts";
import { facts } from "./html.ts";
import type { Html } from "./html.ts";
import { subjectLinks } from "./places.ts";
import type { Places } from "./places.ts";

/** What to do when the SLO's page comes; it explains the tickets too. */
const RUNBOOK = alertName.burnRateCritical;

/** What a row of the overview opens to: events, burn rate by window, and the alert rules in words. */
export function sloDetail(row: SloRow, places: Places): Html {
  const allowed =
    row.totalEvents === null || row.objective === null ? null : row.totalEvents * (1 - row.objective);
  return html`<div class="slo-detail">
    <div>
      <h3>${row.slo}</h3>
      ${facts([
        ["objective", `${percent(row.objective)} over ${row.period}`],
        [`events in ${row.period}`, count(row.totalEvents)],
        ["of them bad", count(row.badEvents)],
        ["allowed to be bad", count(allowed)],
        ["budget left", wholePercent(row.budgetLeft)],
      ])}
    </div>
    <div>
      <h3>Burn rate by window</h3>
      <table class="burn">
        <thead>
          <tr>
            <th scope="col">window</th>
            <th scope="col" class="number">burn rate</th>
          </tr>
        </thead>
        <tbody>
          ${row.burn.map(
            ({ window, rate }) =>
              html`<tr>
                <th scope="row">${window}</th>
                <td class="number">${times(rate)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div>
      <h3>When somebody is told</h3>
      <ul class="plain rules">
        ${row.tiers.map((tier) => html`<li>${tierRule(tier)}</li>`)}
      </ul>
    </div>
    <div class="whole">
      ${subjectLinks(places, { service: row.service, slo: row.slo, sli: row.sli ?? undefined }, RUNBOOK)}
    </div>
  </div>`;
}

function tierRule(tier: TierReading): Html {
  const { factor, longWindow, shortWindow, longBurn, shortBurn, alert } = tier;
  const what = isPage(tier) ? "A page" : "A ticket";
  return html`${what} when both the last ${longWindow} (now ${times(longBurn)}) and the last ${shortWindow}
    (now ${times(shortBurn)}) burn faster than <strong>${decimal(factor)}×</strong>.
    <span class="muted">${tier.name}, ${alert}</span>`;
}
