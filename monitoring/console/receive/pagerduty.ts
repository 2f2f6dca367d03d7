/** PagerDuty's door: `POST /v2/enqueue`, answered in the shapes of its OpenAPI description. */
import { randomUUID } from "node:crypto";
import { digestOf } from "../digest.ts";
import { factsFrom } from "../facts.ts";
import { bodyLimits } from "../limits.ts";
import type { Draft, State } from "../notification.ts";
import { customDetails, isBlank, pagerDutyEventSchema } from "./pagerduty-event.ts";
import type { PagerDutyEvent } from "./pagerduty-event.ts";
import { parseJson } from "./receiver.ts";
import type { Answer, Receiver } from "./receiver.ts";

const STATE_OF = {
  trigger: "firing",
  acknowledge: "acknowledged",
  resolve: "resolved",
} as const satisfies Record<PagerDutyEvent["event_action"], State>;

export const pagerDuty: Receiver<Draft> = {
  channel: "pagerduty",
  maxBytes: bodyLimits.pagerduty,
  receive(body) {
    const json = parseJson(body);
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      const message = "Event object format is unrecognized";
      return {
        refused: "the body is not a JSON object",
        answer: answer(400, { status: "Unrecognized object", message, errors: ["JSON parse error"] }),
      };
    }
    const event = pagerDutyEventSchema.safeParse(json);
    if (!event.success) {
      const errors = event.error.issues.map((issue) => issue.message);
      return { refused: errors.join("; "), answer: invalid(400, errors) };
    }
    // A trigger without a key opens an alert of its own, under a key that PagerDuty makes up and returns.
    const dedupKey = isBlank(event.data.dedup_key) ? randomUUID().replaceAll("-", "") : event.data.dedup_key;
    return {
      read: draftOf(event.data, dedupKey, body),
      answer: answer(202, { status: "success", message: "Event processed", dedup_key: dedupKey }),
    };
  },
  refuse: (status, reason) =>
    status === 413 ? invalid(413, [reason]) : answer(status, { status: "not accepted", message: reason }),
};

function draftOf(event: PagerDutyEvent, dedupKey: string, body: string): Draft {
  const links = (event.links ?? []).map(({ href, text }) => ({ href, text: text ?? "" }));
  const client = { href: event.client_url ?? "", text: event.client ?? "" };
  const facts = factsFrom(customDetails(event), [...links, client]);
  return {
    ...facts,
    channel: "pagerduty",
    state: STATE_OF[event.event_action],
    summary: event.payload?.summary ?? null,
    severity: facts.severity ?? event.payload?.severity ?? null,
    dedup_key: dedupKey,
    thread: digestOf("pagerduty", dedupKey),
    digest: digestOf(body),
    raw: withoutKey(body, event.routing_key),
  };
}

/** Masks the key, a credential: whoever may read the inbox need not be able to page. What is no key is left alone. */
function withoutKey(body: string, key: string): string {
  if (!/^[\w+-]{32}$/.test(key)) return body;
  return body.replaceAll(`"${key}"`, `"${"*".repeat(28)}${key.slice(-4)}"`);
}

function invalid(status: 400 | 413, errors: readonly string[]): Answer {
  return answer(status, { status: "invalid event", message: "Event object is invalid", errors });
}

function answer(status: Answer["status"], body: object): Answer {
  return { status, type: "application/json", body: JSON.stringify(body) };
}
