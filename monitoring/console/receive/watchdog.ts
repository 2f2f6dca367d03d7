/**
 * The dead man's switch: `POST /watchdog` takes Alertmanager's webhook (payload version 4) for the alert named
 * Watchdog, which fires for as long as the pipeline from Prometheus to here works.
 */
import { z } from "zod";
import { bodyLimits } from "../limits.ts";
import { parseJson } from "./receiver.ts";
import type { Answer, Receiver } from "./receiver.ts";

export const WATCHDOG_ALERT = "Watchdog";

/** `resolved`: Alertmanager itself has stopped hearing of the alert, so Prometheus or its rule is gone. */
export type Beat = "firing" | "resolved";

const status = z.enum(["firing", "resolved"]);
const webhookSchema = z.looseObject({
  version: z.literal("4"),
  status,
  groupKey: z.string(),
  receiver: z.string(),
  alerts: z
    .array(
      z.looseObject({
        status,
        labels: z.record(z.string(), z.string()),
        startsAt: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1),
});

export const watchdog: Receiver<Beat> = {
  channel: "watchdog",
  maxBytes: bodyLimits.watchdog,
  receive(body) {
    const json = parseJson(body);
    if (json === undefined) return refused("the body is not JSON");
    const webhook = webhookSchema.safeParse(json);
    if (!webhook.success) {
      const [issue] = webhook.error.issues;
      const place = issue?.path.length ? `'${issue.path.join(".")}': ` : "";
      return refused(`not an Alertmanager webhook of version 4: ${place}${issue?.message}`);
    }
    const alert = webhook.data.alerts.find(({ labels }) => labels["alertname"] === WATCHDOG_ALERT);
    if (alert === undefined)
      return refused(
        `no alert named ${WATCHDOG_ALERT} in it; only that alert belongs to the dead man's switch`,
      );
    return { read: alert.status, answer: plain(200, "ok") };
  },
  refuse: (status, reason) => plain(status, reason),
};

function refused(reason: string): { refused: string; answer: Answer } {
  return { refused: reason, answer: plain(400, reason) };
}

function plain(status: Answer["status"], body: string): Answer {
  return { status, type: "text/plain", body };
}
