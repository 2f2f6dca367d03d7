/**
 * A message to Slack's incoming webhook: text, the older attachments (which Alertmanager sends) and blocks. Names as in
 * Slack's reference ("Secondary message attachments", "Block Kit"). Unknown fields and block types pass, as at Slack.
 */
import { z } from "zod";

const text = z.string().nullish();

/** A text object, or the plain string that older fields allow. */
const textObject = z.union([z.string(), z.looseObject({ type: z.string(), text: z.string() })]);

const field = z.looseObject({
  title: text,
  value: z.coerce.string().nullish(),
  short: z.boolean().nullish(),
});
const action = z.looseObject({ type: text, text: textObject.nullish(), url: text });

const element = z.looseObject({
  type: z.string(),
  text: textObject.nullish(),
  url: text,
  image_url: text,
  alt_text: text,
});

const block = z.looseObject({
  type: z.string(),
  text: textObject.nullish(),
  fields: z.array(textObject).nullish(),
  elements: z.array(element).nullish(),
  accessory: element.nullish(),
  title: textObject.nullish(),
  image_url: text,
  alt_text: text,
});
export type SlackBlock = z.infer<typeof block>;

/** Slack takes up to 50 blocks a message. */
export const slackBlocksSchema = z.array(block).max(50);

const attachment = z.looseObject({
  color: text,
  pretext: text,
  author_name: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  fields: z.array(field).nullish(),
  actions: z.array(action).nullish(),
  blocks: slackBlocksSchema.nullish(),
  footer: text,
  ts: z.union([z.number(), z.string()]).nullish(),
  image_url: text,
});
export type SlackAttachment = z.infer<typeof attachment>;

export const slackMessageSchema = z.looseObject({
  text,
  channel: text,
  username: text,
  attachments: z.array(attachment).nullish(),
  blocks: slackBlocksSchema.nullish(),
});
export type SlackMessage = z.infer<typeof slackMessageSchema>;

/**
 * @param object a text object or plain string of a message.
 * @returns its text, and whether Slack would read it as mrkdwn.
 */
export function textOf(object: z.infer<typeof textObject> | null | undefined): {
  text: string;
  mrkdwn: boolean;
} {
  if (object == null) return { text: "", mrkdwn: false };
  if (typeof object === "string") return { text: object, mrkdwn: false };
  return { text: object.text, mrkdwn: object.type === "mrkdwn" };
}
