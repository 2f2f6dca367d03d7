import type { Inbox } from "./inbox.ts";
import { notificationLimits } from "./limits.ts";
import type { Listed } from "./store.ts";

/** What PagerDuty makes of the events with one key: from a trigger to the resolve that ends it. */
export interface Incident {
  readonly key: string;
  readonly state: "triggered" | "acknowledged" | "resolved";
  readonly service: string | null;
  readonly summary: string;
  /** The events, oldest first. */
  readonly events: readonly Listed[];
}

const STATE_AFTER: Readonly<Partial<Record<Listed["state"], Incident["state"]>>> = {
  firing: "triggered",
  acknowledged: "acknowledged",
  resolved: "resolved",
};

/**
 * Groups one thread of PagerDuty events, oldest first, into incidents: a trigger after a resolve opens a new one. As at
 * PagerDuty, a further trigger leaves an acknowledged incident acknowledged.
 */
export function incidentsOf(events: readonly Listed[]): Incident[] {
  const incidents: Listed[][] = [];
  for (const event of events) {
    const current = incidents.at(-1);
    if (current === undefined || current.at(-1)?.state === "resolved") incidents.push([event]);
    else current.push(event);
  }
  return incidents.map((events) => {
    const states = events.map(({ state }) => state);
    const acknowledged = states.includes("acknowledged") && states.at(-1) !== "resolved";
    const last = events.at(-1) as Listed;
    return {
      key: last.thread,
      state: acknowledged ? "acknowledged" : (STATE_AFTER[last.state] ?? "triggered"),
      service: last.service,
      summary: last.summary,
      events,
    };
  });
}

/** Every remembered incident, the one with the newest event first. */
export function allIncidents(inbox: Inbox): Incident[] {
  const events = inbox
    .list({ channel: "pagerduty", refused: false, limit: notificationLimits.count })
    .toReversed();
  return [...Map.groupBy(events, ({ thread }) => thread).values()]
    .flatMap(incidentsOf)
    .toSorted((a, b) => lastId(b) - lastId(a));
}

/**
 * The incidents that are not resolved: how many, and the newest of them. Looks at the threads only, not at every event,
 * since each page of the inbox asks.
 */
export function openIncidents(
  inbox: Inbox,
  limit: number,
): { readonly count: number; readonly newest: Incident[] } {
  const open = inbox.latest("pagerduty").filter(({ state }) => state !== "resolved");
  const newest = open.toSorted((a, b) => b.id - a.id).slice(0, limit);
  return {
    count: open.length,
    newest: newest.flatMap(({ thread }) => incidentsOf(inbox.thread(thread)).slice(-1)),
  };
}

function lastId({ events }: Incident): number {
  return events.at(-1)?.id ?? 0;
}
