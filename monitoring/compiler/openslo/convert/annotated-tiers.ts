import { parseDocument } from "yaml";
import type { Document } from "yaml";
import { z } from "zod";
import { field, has, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { linesInside, placeOf } from "../read/place.ts";
import { delay, duration, optional } from "../schema/common.ts";
import { checkShape } from "../schema/shape.ts";
import { shortWindow } from "./condition.ts";
import type { Context } from "./context.ts";
import { secondsOf } from "./duration.ts";
import { readSeverity } from "./severity.ts";
import type { TierWish } from "./tier.ts";

const tierList = z.array(
  z.strictObject({
    name: z.string().min(1),
    severity: z.string(),
    budgetShare: optional(z.number()),
    factor: optional(z.number()),
    long: duration,
    short: optional(duration),
    for: optional(delay),
  }),
);

type AnnotatedTier = z.infer<typeof tierList>[number];

/**
 * Reads the annotation `burnrate.dev/tiers`: a YAML (or JSON) list in a text. Problems point into that text.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readAnnotatedTiers(annotation: Node<string>, context: Context): TierWish[] | undefined {
  const list = readList(annotation, context);
  if (list === undefined) return undefined;
  const wishes = items(list)
    .map((tier) => toWish(tier, context))
    .filter((wish) => wish !== undefined);
  return wishes.length === list.value.length ? wishes : undefined;
}

function toWish(tier: Node<AnnotatedTier>, context: Context): TierWish | undefined {
  const severityNode = field(tier, "severity");
  const severity = severityNode && readSeverity(severityNode, context);
  const { name, long, short, budgetShare, factor } = tier.value;
  if (severity === undefined) return undefined;
  const longSeconds = secondsOf(long);
  return {
    name,
    severity,
    longSeconds,
    shortSeconds: short ? secondsOf(short) : shortWindow(longSeconds),
    forSeconds: secondsOf(tier.value.for ?? "0m"),
    ...(budgetShare ? { budgetShare } : {}),
    ...(factor ? { factor } : {}),
    node: tier,
  };
}

function readList(node: Node<string>, { log }: Context): Node<readonly AnnotatedTier[]> | undefined {
  const document = parseDocument(node.value, { prettyErrors: false }) as Document.Parsed;
  if (document.errors[0] !== undefined) {
    const reason = document.errors[0].message;
    log.error(placeOf(node), "bad-annotation", `not a YAML list: ${reason}`, "Write a list of tiers");
    return undefined;
  }
  const inner: Node<unknown> = {
    value: document.toJS() as unknown,
    path: [],
    source: {
      file: node.source.file,
      text: node.value,
      document,
      lines: linesInside(node),
      within: node.path,
      broken: new Set(),
    },
  };
  const tiers = checkShape(inner, tierList, log);
  if (tiers === undefined || tiers.source.broken.size > 0) return undefined;
  for (const [index, tier] of tiers.value.entries()) {
    const item = { ...tiers, value: tier, path: [index] };
    if (has(item, "budgetShare") !== has(item, "factor")) continue;
    log.error(
      placeOf(item),
      "bad-tier",
      "want exactly one of budgetShare and factor",
      "Write one of the two",
    );
    return undefined;
  }
  return tiers;
}
