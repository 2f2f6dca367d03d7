/**
 * Slack's door: an incoming webhook, `POST /services/T…/B…/…`. It answers with one word as plain text, as Slack does
 * (docs.slack.dev, "Sending messages using incoming webhooks", and its change log of May 2016).
 */
import { digestOf } from "../digest.ts";
import { factsFrom, readTitle } from "../facts.ts";
import { bodyLimits } from "../limits.ts";
import type { Draft, Link, State } from "../notification.ts";
import { parseJson } from "./receiver.ts";
import type { Answer, Outcome, Receiver } from "./receiver.ts";
import { slackBlocksSchema, slackMessageSchema, textOf } from "./slack-message.ts";
import type { SlackMessage } from "./slack-message.ts";

const MAX_ATTACHMENTS = 100;

export const slack: Receiver<Draft> = {
  channel: "slack",
  maxBytes: bodyLimits.slack,
  receive(body, { path, contentType }) {
    // Slack takes the JSON as the body, or in a form's field `payload`.
    const form = contentType.startsWith("application/x-www-form-urlencoded");
    const payload = form ? (new URLSearchParams(body).get("payload") ?? body) : body;
    const json = parseJson(payload);
    if (typeof json !== "object" || json === null || Array.isArray(json))
      return refused("invalid_payload", "the body is not a JSON object");
    if ("attachments" in json && Array.isArray(json.attachments) && json.attachments.length > MAX_ATTACHMENTS)
      return refused(
        "too_many_attachments",
        `${json.attachments.length} attachments, at most ${MAX_ATTACHMENTS}`,
      );
    if ("blocks" in json && !slackBlocksSchema.nullish().safeParse(json.blocks).success)
      return refused("invalid_blocks", "'blocks' is not an array of at most 50 blocks, each with a type");
    const message = slackMessageSchema.safeParse(json);
    if (!message.success) {
      const [issue] = message.error.issues;
      return refused("invalid_payload", `'${issue?.path.join(".")}': ${issue?.message}`);
    }
    const says = wordsOf(message.data);
    if (says.length === 0)
      return refused("no_text", "no text, no attachment and no block that says anything");
    return { read: draftOf(message.data, says, path, payload), answer: plain(200, "ok") };
  },
  refuse: (status, reason) =>
    plain(status, status === 413 ? `request_too_large: ${reason}` : `rollup_error: ${reason}`),
};

/** Every piece of text that a person would read, the most telling first. */
function wordsOf(message: SlackMessage): string[] {
  const attachments = message.attachments ?? [];
  const blocks = [...(message.blocks ?? []), ...attachments.flatMap((attachment) => attachment.blocks ?? [])];
  const candidates = [
    ...attachments.flatMap(({ title, text, pretext, fallback }) => [title, pretext, text, fallback]),
    message.text,
    ...blocks.flatMap((block) => [block.text, ...(block.fields ?? [])].map((object) => textOf(object).text)),
    ...blocks.map((block) => block.alt_text),
  ];
  return candidates.filter((words): words is string => words != null && words.trim() !== "");
}

function draftOf(message: SlackMessage, says: readonly string[], path: string, raw: string): Draft {
  const attachments = message.attachments ?? [];
  const fields = attachments.flatMap((attachment) => attachment.fields ?? []);
  const facts = factsFrom(
    fields.map(({ title, value }) => [unescapeSlack(title ?? ""), unescapeSlack(value ?? "")] as const),
    attachments.flatMap(linksOf),
  );
  const title = readTitle(unescapeSlack(withoutMarkup(says[0] ?? "")));
  const group = [facts.alertname, facts.service, facts.slo, facts.tier].map((fact) => fact ?? "");
  const known = group.some((fact) => fact !== "");
  return {
    ...facts,
    channel: "slack",
    state: title.state === "message" ? stateOfColor(attachments[0]?.color) : title.state,
    summary: title.rest === "" ? null : title.rest,
    dedup_key: null,
    thread: digestOf("slack", path, message.channel ?? "", ...(known ? group : [title.rest])),
    digest: digestOf(raw),
    raw,
  };
}

/** Slack's markup stands for three characters only; they are escaped anew where they are shown. */
export function unescapeSlack(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** For a list: the first line, with links, mentions and emphasis as the words that a reader would see. */
function withoutMarkup(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line
    .replaceAll(/(?<!\w)([*_~`])([^*_~`]+)\1(?!\w)/g, "$2")
    .replaceAll(/<([^<>|\n]*)(?:\|([^<>\n]*))?>/g, (whole, target: string, words: string | undefined) => {
      if (/^[@#!]/.test(target)) return `${target.startsWith("#") ? "#" : "@"}${words ?? target.slice(1)}`;
      return /^https?:/.test(target) ? (words ?? target) : whole;
    });
}

function linksOf(attachment: NonNullable<SlackMessage["attachments"]>[number]): Link[] {
  const actions = (attachment.actions ?? []).map(({ text, url }) => ({
    text: textOf(text).text,
    href: url ?? "",
  }));
  return [...actions, { text: "Open", href: attachment.title_link ?? "" }];
}

/** Alertmanager's default colours; any other colour says nothing about the state. */
function stateOfColor(color: string | null | undefined): State {
  if (color === "danger" || color === "warning") return "firing";
  return color === "good" ? "resolved" : "message";
}

function refused(word: string, reason: string): Outcome<Draft> {
  return { refused: `${word}: ${reason}`, answer: plain(400, word) };
}

function plain(status: Answer["status"], body: string): Answer {
  return { status, type: "text/plain", body };
}
