import { parseDocument } from "yaml";
import type { Document } from "yaml";
import { z } from "zod";
import { readValue, yamlOptions } from "../read/documents.ts";
import { field, has, isWhole, items } from "../read/node.ts";
import type { Node, YamlSource } from "../read/node.ts";
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
  if (list.value.length === 0) {
    context.log.warning(
      placeOf(annotation),
      "no-alerts",
      "the list is empty, so no burn-rate alert is made",
      "Leave the annotation out to get the default tiers",
    );
  }
  const wishes = items(list)
    .map((tier) => toWish(tier, context))
    .filter((wish) => wish !== undefined);
  return wishes.length === list.value.length ? wishes : undefined;
}

function toWish(tier: Node<AnnotatedTier>, context: Context): TierWish | undefined {
  const severityNode = field(tier, "severity");
  const severity = severityNode && readSeverity(severityNode, context);
  const choosesOne = has(tier, "budgetShare") !== has(tier, "factor");
  if (!choosesOne) {
    context.log.error(
      placeOf(tier),
      "bad-tier",
      has(tier, "factor")
        ? "both factor and budgetShare are given"
        : "neither factor nor budgetShare is given",
      "Write exactly one of the two",
    );
  }
  if (severity === undefined || !choosesOne || !isWhole(tier)) return undefined;
  const { name, long, short, budgetShare, factor } = tier.value;
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

/** A document of its own, whose places are those of the text around it. */
function readList(node: Node<string>, { log }: Context): Node<readonly AnnotatedTier[]> | undefined {
  const source: YamlSource = {
    file: node.source.file,
    text: node.value,
    document: parseDocument(node.value, yamlOptions) as Document.Parsed,
    lines: linesInside(node),
    within: node.path,
    broken: new Set(),
  };
  const value = readValue(source, log);
  return value === undefined ? undefined : checkShape({ value, path: [], source }, tierList, log);
}
