import { Hono } from "hono";
import { z } from "zod";
import { readQuery } from "../../services/kit/body.ts";
import type { Inbox } from "./inbox.ts";
import { allIncidents } from "./incidents.ts";
import { listLimits } from "./limits.ts";
import { channels } from "./notification.ts";
import type { Notification } from "./notification.ts";
import type { OverviewWatch } from "./overview/overview.ts";
import { snakeKeys } from "./snake-keys.ts";
import type { Listed } from "./store.ts";

const whole = z.string().regex(/^\d{1,15}$/, { error: "want a whole number" });
const listQuery = z.strictObject({
  channel: z.enum(channels, { error: `want one of ${channels.join(", ")}` }).optional(),
  since: z.iso
    .datetime({ offset: true, error: "want a time such as 2026-11-21T12:00:00Z" })
    .transform((text) => new Date(text))
    .optional(),
  before: whole.transform(Number).optional(),
  limit: whole
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= listLimits.apiMax, { error: `want 1 to ${listLimits.apiMax}` })
    .prefault(String(listLimits.apiDefault)),
});
const incidentsQuery = z.strictObject({ limit: listQuery.shape.limit });

/** The inbox and the overview, for programs. */
export function apiRoutes({ inbox, watch }: { inbox: Inbox; watch: OverviewWatch }): Hono {
  const app = new Hono();

  app.get("/api/notifications", (c) => {
    const listed = inbox.list(readQuery(c, listQuery));
    // Streamed: a thousand payloads of half a megabyte are never in memory at once.
    return c.body(ReadableStream.from(notificationsJson(inbox, listed)), 200, {
      "content-type": "application/json",
    });
  });

  app.get("/api/incidents", (c) => {
    const incidents = allIncidents(inbox).slice(0, readQuery(c, incidentsQuery).limit);
    return c.json({
      incidents: incidents.map(({ state, service, summary, events }) => ({
        state,
        service,
        summary,
        first_at: events[0]?.received_at,
        last_at: events.at(-1)?.received_at,
        notifications: events.map(({ id }) => String(id)),
      })),
    });
  });

  app.get("/api/overview", (c) => {
    readQuery(c, z.strictObject({}));
    return c.json(snakeKeys(watch.read()));
  });

  return app;
}

async function* notificationsJson(inbox: Inbox, listed: readonly Listed[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let before = `{"notifications":[`;
  for (const one of listed) {
    const notification = await inbox.load(one);
    if (notification === undefined) continue;
    yield encoder.encode(before + notificationJson(notification, one.deliveries));
    before = ",";
  }
  yield encoder.encode(before === "," ? "]}" : `${before}]}`);
}

/** A payload that is JSON is put in as it came: parsing and printing it anew would only cost, and deep ones would fail. */
function notificationJson(notification: Notification, deliveries: number): string {
  const { thread: _thread, digest: _digest, raw, id, ...rest } = notification;
  const isJson = rest.state !== "refused" && rest.channel !== "email";
  const head = JSON.stringify({ id: String(id), ...rest, deliveries });
  return `${head.slice(0, -1)},"raw":${isJson ? raw : JSON.stringify(raw)}}`;
}
