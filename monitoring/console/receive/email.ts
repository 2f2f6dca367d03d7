/** Mail: what the console reads out of a message's source. `smtp.ts` is the door that it comes through. */
import PostalMime from "postal-mime";
import type { Address, Email } from "postal-mime";
import { digestOf } from "../digest.ts";
import { factsFrom, readTitle } from "../facts.ts";
import type { Draft, Link } from "../notification.ts";

/** Far above any alert mail, far below what a hostile one would like. */
const PARSER_LIMITS = { maxNestingDepth: 20, maxHeadersSize: 64 * 1024, maxRfc822NestingDepth: 0 } as const;

/**
 * @param source the message as it came over the wire: headers, blank line, body.
 * @returns its parts, decoded.
 * @throws Error when it nests deeper or has longer headers than `PARSER_LIMITS` allow.
 */
export function parseEmail(source: string): Promise<Email> {
  return PostalMime.parse(source, PARSER_LIMITS);
}

/**
 * @param source the message's source.
 * @param recipients the addresses of the envelope.
 * @returns the delivery, for the inbox.
 * @throws Error as `parseEmail` does.
 */
export async function readEmail(source: string, recipients: readonly string[]): Promise<Draft> {
  const email = await parseEmail(source);
  const { state, rest } = readTitle(email.subject ?? "");
  // Templates put facts into headers such as `X-Service`; the prefix is a habit, not a part of the name.
  const facts = factsFrom(
    email.headers
      .filter(({ key }) => key.startsWith("x-"))
      .map(({ key, value }) => [key.slice(2), value] as const),
    linksInHtml(email.html ?? ""),
  );
  const group = [facts.alertname, facts.service, facts.slo, facts.tier].map((fact) => fact ?? "");
  const known = group.some((fact) => fact !== "");
  const to = recipients.toSorted().join(",");
  return {
    ...facts,
    channel: "email",
    state,
    summary: rest === "" ? "(no subject)" : rest,
    dedup_key: null,
    thread: digestOf("email", to, ...(known ? group : [rest])),
    // Date, Message-Id and MIME boundaries are new at each attempt to deliver one and the same mail.
    digest: digestOf(to, email.subject ?? "", email.text ?? "", email.html ?? ""),
    raw: source,
  };
}

/** Prints addresses as a mail client does: `Name <a@b>`, groups unfolded. */
export function printAddresses(addresses: readonly (Address | undefined)[]): string {
  return addresses
    .flatMap((address) => address?.group ?? (address === undefined ? [] : [address]))
    .map(({ name, address }) => (name === "" ? address : `${name} <${address}>`))
    .join(", ");
}

function linksInHtml(html: string): Link[] {
  return [
    ...html.matchAll(
      /<a\b[^<>]{0,2000}?\bhref\s*=\s*["'](https?:[^"'<>]{1,2000})["'][^<>]{0,2000}>([^<>]{0,200})/gi,
    ),
  ].map(([, href = "", text = ""]) => ({ href: decodeEntities(href), text: decodeEntities(text) }));
}

/** The entities that stand in addresses and link texts; a decoded text is escaped again where it is shown. */
function decodeEntities(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    "#34": '"',
    "#39": "'",
  };
  return text.replaceAll(/&(amp|lt|gt|quot|#34|#39);/g, (_, name: string) => entities[name] ?? "").trim();
}
