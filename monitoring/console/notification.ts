/** What the inbox keeps: one record a delivery, whatever door it came through. */
import { z } from "zod";

/** The doors. The Watchdog's beats are not notifications; only its refused deliveries appear in the inbox. */
export const channels = ["pagerduty", "slack", "email", "watchdog"] as const;
export type Channel = (typeof channels)[number];

/** `message` is a delivery that says neither firing nor resolved; `refused` is one that the console did not take. */
const states = ["firing", "acknowledged", "resolved", "message", "refused"] as const;
export type State = (typeof states)[number];

const fact = z.string().nullable();
const link = z.strictObject({ text: z.string(), href: z.string() });

/** What a delivery says about the alert behind it; each is null where the delivery is silent. */
const factsSchema = z.strictObject({
  alertname: fact,
  service: fact,
  slo: fact,
  tier: fact,
  severity: fact,
  links: z.array(link),
});
export type Facts = z.infer<typeof factsSchema>;
export type Link = z.infer<typeof link>;

/** One line of the journal. */
export const notificationSchema = z.strictObject({
  /** Counts up over the life of a data directory; never used twice. */
  id: z.number().int().positive(),
  /** ISO 8601, UTC, with milliseconds. */
  received_at: z.iso.datetime(),
  channel: z.enum(channels),
  state: z.enum(states),
  summary: z.string(),
  ...factsSchema.shape,
  /** PagerDuty's key; null elsewhere. */
  dedup_key: fact,
  /** What makes two deliveries be about the same thing: channel, and dedup key or group. */
  thread: z.string(),
  /** Of the content. Equal thread and equal digest, one after the other: the same delivery, sent twice. */
  digest: z.string(),
  /** Why it was refused; null for all others. */
  reason: fact,
  /** The body as it came: JSON text, or the source of a mail. Of a refused body, only the start. */
  raw: z.string(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** A delivery as a receiver hands it over. Without a summary of its own it takes that of its thread. */
export type Draft = Omit<Notification, "id" | "received_at" | "reason" | "summary"> & {
  summary: string | null;
};

/** A delivery that was not taken. */
export interface Refusal {
  readonly channel: Channel;
  /** Which bound or rule it broke: the label of the metric, so a word out of a short list. */
  readonly kind: "malformed" | "too_large" | "busy" | "storage";
  /** In a person's words. */
  readonly reason: string;
  /** The start of the body, as far as it was read. */
  readonly sample: string;
}
