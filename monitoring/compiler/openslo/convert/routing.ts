import { label } from "../../names.ts";
import { field } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeAt } from "../read/place.ts";
import type { Metadata } from "../schema/common.ts";
import type { Context } from "./context.ts";

/** Labels that the compiler or Prometheus sets itself; `job` and `instance` would name a scrape target. */
const RESERVED: ReadonlySet<string> = new Set([...Object.values(label), "alertname", "job", "instance"]);

/**
 * Makes alert labels of an SLO's `metadata.labels`, so that routes can match them: `team: identity` becomes
 * `team="identity"`. Signs that Prometheus does not allow in a label's name become underscores; a list becomes its
 * items with commas between them.
 *
 * They stand on alerts alone: a recorded series keeps its identity when somebody changes a label.
 */
export function readRouting(metadata: Node<Metadata> | undefined, { log }: Context): Record<string, string> {
  const labels = metadata && field(metadata, "labels");
  const routing: Record<string, string> = {};
  if (labels === undefined) return routing;
  for (const [key, value] of Object.entries(labels.value)) {
    const name = key.replaceAll(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=\d)/, "_");
    const place = placeAt(labels.source, [...labels.path, key], "key");
    if (RESERVED.has(name) || name.startsWith("__") || name.startsWith("notify_")) {
      log.error(
        place,
        "reserved-label",
        `the label ${name} is set by the compiler or by Prometheus`,
        "Rename it",
      );
    } else if (routing[name] !== undefined) {
      log.error(place, "label-collision", `two labels become ${name} in Prometheus`, "Rename one of the two");
    } else routing[name] = [value].flat().join(",");
  }
  return routing;
}
