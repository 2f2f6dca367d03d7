import { html } from "hono/html";
import { listLimits, lostLimits } from "../limits.ts";
import type { Channel } from "../notification.ts";
import type { LostDeliveries } from "../overview/lost-deliveries.ts";
import type { Listed } from "../store.ts";
import { timeOfDay } from "./format.ts";
import { timeAgo } from "./html.ts";
import type { Html } from "./html.ts";
import { CHANNEL_NAMES } from "./state-mark.ts";

/** Alertmanager's words for what went wrong, in a person's. */
const REASONS: Readonly<Record<string, string>> = {
  clientError: "the receiver refused them (4xx)",
  serverError: "the receiver failed (5xx)",
  contextCanceled: "Alertmanager was stopped meanwhile",
  contextDeadlineExceeded: "no answer came in time",
  other: "the receiver could not be reached, or something else went wrong",
};

/** A page of the list, as failures to deliver see it. */
export interface ListPage {
  /** Only this channel; all when undefined. */
  readonly channel: Channel | undefined;
  /** What was received, newest first; fewer than a page holds on the last one. */
  readonly listed: readonly Listed[];
  /** The last of the page before it; undefined on the first. */
  readonly newer: Listed | undefined;
}

/** Picks the failures to deliver that began in the time of a page of the list. */
export function lostOnPage(
  lost: readonly LostDeliveries[],
  { channel, listed, newer }: ListPage,
): LostDeliveries[] {
  const last = listed.length < listLimits.page ? undefined : listed.at(-1);
  const since = last === undefined ? -Infinity : Date.parse(last.received_at);
  const before = newer === undefined ? Infinity : Date.parse(newer.received_at);
  return lost.filter(
    ({ integration, from }) =>
      from < before && from >= since && (channel === undefined || channel === integration),
  );
}

/** A row of the list for what was never received: who should have, how many, when and why. */
export function lostRow({ integration, reason, count, from, to }: LostDeliveries, now: Date): Html {
  const name = Object.hasOwn(CHANNEL_NAMES, integration)
    ? CHANNEL_NAMES[integration as Channel]
    : `${integration.slice(0, 1).toUpperCase()}${integration.slice(1)}`;
  const why = reason === null ? "Alertmanager's log says why" : (REASONS[reason] ?? reason);
  // The counters are looked at every so often: a moment is when it had happened.
  const when = to - from < lostLimits.stepSeconds * 1000 ? "" : `, until ${timeOfDay(to)}`;
  return html`<li class="lost" id="lost-${integration}-${reason ?? "unknown"}-${from}">
    <a href="/runbooks/AlertmanagerNotificationsFailing">
      <span class="channel">${name}</span>
      <span class="word bad"><i class="cross"></i>not delivered</span>
      <span class="service"></span>
      <span class="age">${timeAgo(new Date(from), now)}</span>
      <span class="summary"
        >Alertmanager could not deliver ${count} ${count === 1 ? "notification" : "notifications"}${when}:
        ${why}</span
      >
    </a>
  </li>`;
}
