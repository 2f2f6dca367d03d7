import PostalMime, { type Email } from "postal-mime";
import { z } from "zod";
import { startAlertmanager, type Alert } from "./alertmanager.ts";
import { startCapture } from "./capture.ts";

// Since 0.30, Alertmanager reads each detail as YAML: digits become a number, and nothing becomes null.
const detail = z.union([z.string(), z.number(), z.null()]).transform((value) => String(value ?? ""));
const eventSchema = z.looseObject({
  event_action: z.string(),
  payload: z.looseObject({ summary: z.string(), custom_details: z.record(z.string(), detail) }),
});
const attachmentSchema = z.looseObject({
  title: z.string(),
  text: z.string(),
  // Alertmanager leaves out what is empty.
  fields: z.array(
    z.strictObject({ title: z.string().default(""), value: z.string().default(""), short: z.boolean() }),
  ),
  actions: z.array(z.looseObject({ text: z.string(), url: z.string() })),
});
const messageSchema = z.looseObject({ attachments: z.tuple([attachmentSchema]) });

/** What one notification looks like in each channel. */
export interface Messages {
  readonly event: z.infer<typeof eventSchema>;
  readonly attachment: z.infer<typeof attachmentSchema>;
  readonly mail: Email;
}

/** Every channel hears of everything: this is about what a message says, not about where it goes. */
const route = {
  receiver: "slack-critical",
  group_by: ["alertname", "service"],
  repeat_interval: "1h",
  routes: [
    { receiver: "pagerduty-critical", continue: true },
    { receiver: "slack-critical", continue: true },
    { receiver: "email-info" },
  ],
};

/**
 * Has Alertmanager notify of alerts with the committed templates, and reads what arrives.
 *
 * @param steps alerts to post one after the other; each step waits until its messages are there.
 * @returns the messages of each step.
 * @throws Error when a message does not come, and ZodError when one is not of its channel's shape.
 */
export async function messagesOf(...steps: readonly (readonly Alert[])[]): Promise<Messages[]> {
  await using capture = await startCapture();
  await using alertmanager = await startAlertmanager(capture, { route, inhibit_rules: [] });
  const read: Messages[] = [];
  for (const alerts of steps) {
    const seen = new Set(capture.deliveries);
    await alertmanager.post(alerts);
    const next = async (channel: string): Promise<string> =>
      (await capture.waitFor(`${channel} message`, (each) => each.channel === channel && !seen.has(each)))
        .body;
    read.push({
      event: eventSchema.parse(JSON.parse(await next("pagerduty"))),
      attachment: messageSchema.parse(JSON.parse(await next("slack"))).attachments[0],
      mail: await PostalMime.parse(await next("email")),
    });
  }
  return read;
}
