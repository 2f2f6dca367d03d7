import type { Links } from "../../model.ts";
import type { Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import type { Metadata } from "../schema/common.ts";
import { nearest } from "../suggest.ts";
import { shown } from "../wording.ts";
import { once } from "./context.ts";
import type { Context } from "./context.ts";

/** Every annotation of ours begins with this; see CONVENTIONS.md. */
const PREFIX = "burnrate.dev/";

/** What the annotations of an SLO ask for. */
export interface Wishes {
  readonly family?: string;
  readonly tiers?: Node<string>;
  readonly minimumEvents: number;
  /** Where the minimum is written. */
  readonly minimumNode?: Node<string>;
  readonly whenNoData: boolean;
  readonly links: Links;
}

const READERS = {
  sli: /^[a-z][a-z0-9_]*$/,
  "minimum-events": /^\d{1,9}$/,
  "alert-when-no-data": /^(true|false)$/,
  "runbook-url": /^https?:\/\/\S+$/,
  "dashboard-url": /^https?:\/\/\S+$/,
  "logs-url": /^https?:\/\/\S+$/,
} as const;

const WANTED: Readonly<Record<keyof typeof READERS, string>> = {
  sli: "lower-case letters, digits and underscores, beginning with a letter, such as availability",
  "minimum-events": 'a whole number in quotes, such as "100"',
  "alert-when-no-data": '"true" or "false"',
  "runbook-url": "an http or https URL",
  "dashboard-url": "an http or https URL",
  "logs-url": "an http or https URL",
};

/**
 * Reads the annotations of an SLO that are ours, and leaves those of others alone.
 *
 * @param metadata of the SLO.
 */
export function readWishes(metadata: Node<Metadata> | undefined, context: Context): Wishes {
  checkKeys(metadata, [...Object.keys(READERS), "tiers"], context);
  const minimum = read(metadata, "minimum-events", context);
  const family = read(metadata, "sli", context);
  const tiers = annotation(metadata, "tiers");
  const minimumNode = annotation(metadata, "minimum-events");
  const links = {
    runbook: read(metadata, "runbook-url", context),
    dashboard: read(metadata, "dashboard-url", context),
    logs: read(metadata, "logs-url", context),
  };
  return {
    minimumEvents: Number(minimum ?? 0),
    whenNoData: read(metadata, "alert-when-no-data", context) === "true",
    links: Object.fromEntries(Object.entries(links).filter(([, url]) => url !== undefined)),
    ...(family !== undefined && { family }),
    ...(tiers !== undefined && { tiers }),
    ...(minimumNode !== undefined && { minimumNode }),
  };
}

/** Reads the family that an SLI's annotations name; an SLO without an annotation of its own inherits it. */
export function readFamily(metadata: Node<Metadata> | undefined, context: Context): string | undefined {
  if (metadata === undefined) return undefined;
  return once(context, metadata, () => {
    checkKeys(metadata, ["sli"], context);
    return read(metadata, "sli", context);
  });
}

/** Refuses our annotations on a kind that has none. */
export function refuseAnnotations(metadata: Node<Metadata> | undefined, context: Context): void {
  checkKeys(metadata, [], context);
}

function checkKeys(metadata: Node<Metadata> | undefined, known: readonly string[], { log }: Context): void {
  const all = known.map((word) => PREFIX + word).join(", ");
  const remedy = known.length > 0 ? `Known here: ${all}` : "Put it on the SLO";
  for (const key of Object.keys(metadata?.value.annotations ?? {})) {
    const name = key.slice(PREFIX.length);
    if (metadata === undefined || !key.startsWith(PREFIX) || known.includes(name)) continue;
    const guess = nearest(name, known);
    log.error(
      placeAt(metadata.source, [...metadata.path, "annotations", key], "key"),
      "unknown-annotation",
      `there is no annotation ${key} here`,
      guess === undefined ? remedy : `Did you mean "${PREFIX}${guess}"?`,
    );
  }
}

function annotation(metadata: Node<Metadata> | undefined, name: string): Node<string> | undefined {
  const value = metadata?.value.annotations?.[PREFIX + name];
  if (metadata === undefined || typeof value !== "string") return undefined;
  return { value, path: [...metadata.path, "annotations", PREFIX + name], source: metadata.source };
}

function read(
  metadata: Node<Metadata> | undefined,
  name: keyof typeof READERS,
  { log }: Context,
): string | undefined {
  const node = annotation(metadata, name);
  if (node === undefined || READERS[name].test(node.value)) return node?.value;
  log.error(
    placeOf(node),
    "bad-annotation",
    `got ${shown(node.value)}, want ${WANTED[name]}`,
    "Change or remove it",
  );
  return undefined;
}
