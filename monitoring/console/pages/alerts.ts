import { html } from "hono/html";
import { isPage } from "../../compiler/windows.ts";
import type { AlertLine } from "../overview/overview.ts";
import { externalLink, nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";

/** How many alerts are shown unfolded: a broken service soon has a dozen, and the urgent ones come first. */
const SHOWN = 8;

/** The alerts that are pending or firing now; null while nobody knows, which must not read like calm. */
export function alertList(alerts: readonly AlertLine[] | null, now: Date): Html {
  if (alerts === null)
    return html`<p class="empty">Whether any alert fires is not known until Prometheus answers.</p>`;
  if (alerts.length === 0)
    return html`<p class="empty">
      No alert is pending or firing. The Watchdog, which always fires, is not listed.
    </p>`;
  const [first, rest] = [alerts.slice(0, SHOWN), alerts.slice(SHOWN)];
  if (rest.length === 0) return alertTable(first, now);
  return html`${alertTable(first, now)}
    <details id="more-alerts">
      <summary>${rest.length} more, less urgent</summary>
      ${alertTable(rest, now)}
    </details>`;
}

function alertTable(alerts: readonly AlertLine[], now: Date): Html {
  return html`<table class="alerts">
    <thead>
      <tr>
        <th scope="col">state</th>
        <th scope="col">alert</th>
        <th scope="col">service</th>
        <th scope="col">what it says</th>
        <th scope="col" class="number">since</th>
      </tr>
    </thead>
    <tbody>
      ${alerts.map((alert) => alertRow(alert, now))}
    </tbody>
  </table>`;
}

function alertRow(alert: AlertLine, now: Date): Html {
  const kind = isPage(alert) ? "bad" : "warn";
  const word =
    alert.state === "firing"
      ? html`<span class="word ${kind}"
          ><i class="${kind === "bad" ? "triangle" : "diamond"}"></i>firing</span
        >`
      : html`<span class="word ${kind}"><i class="ring"></i>pending</span>`;
  return html`<tr>
    <td data-label="state">${word} <span class="muted">${alert.severity}</span></td>
    <th scope="row">
      ${runbookLink(alert)}
      <span class="muted">${alert.tier}</span>
    </th>
    <td data-label="service">${alert.service}</td>
    <td data-label="says" class="wide">${alert.summary}</td>
    <td data-label="since" class="number">${timeAgo(alert.since, now)}</td>
  </tr>`;
}

/** Runbooks of this repository are read here, also where the internet cannot be reached. */
function runbookLink({ runbook, alertname }: AlertLine): Html {
  const own = /\/monitoring\/runbooks\/([\w-]+)\.md(?:#.*)?$/.exec(runbook);
  if (own !== null) return html`<a href="/runbooks/${own[1] ?? ""}">${alertname}</a>`;
  return runbook === "" ? html`${alertname}` : externalLink(runbook, alertname);
}

/** The targets that Prometheus cannot scrape; nothing when there are none. */
export function downList(down: readonly string[]): Html {
  if (down.length === 0) return nothing;
  return html`<section aria-labelledby="down-heading">
    <h2 id="down-heading">Targets down</h2>
    <ul class="plain">
      ${down.map(
        (target) =>
          html`<li>
            <span class="word bad"><i class="cross"></i>${target}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}
