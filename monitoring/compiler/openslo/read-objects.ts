import { listed } from "../explain/format.ts";
import { Catalog } from "./catalog.ts";
import { checkNames } from "./check-names.ts";
import type { ProblemLog } from "./problem.ts";
import { readDocuments } from "./read/documents.ts";
import { wholeFile } from "./read/files.ts";
import type { Node } from "./read/node.ts";
import { placeOf } from "./read/place.ts";
import { kinds } from "./schema/kinds.ts";
import type { Kind, ObjectOf } from "./schema/kinds.ts";
import { checkShape } from "./schema/shape.ts";
import { nearest } from "./suggest.ts";
import { shown } from "./wording.ts";

const VERSION = "openslo/v1";

/**
 * Reads files into a catalog of objects whose shapes are checked.
 *
 * @param files what `findFiles` gave.
 * @param log is told of every deviation; of files without any object too, for nothing is passed over in silence.
 */
export function readObjects(files: readonly string[], log: ProblemLog): Catalog {
  const catalog = new Catalog();
  for (const file of files) {
    const nodes = readDocuments(file, log);
    if (nodes.length === 0 && !log.mentions(file)) {
      log.warning(wholeFile(file), "empty-file", "the file holds no object", "Remove it, or write one");
    }
    for (const node of nodes) readObject(node, catalog, log);
  }
  return catalog;
}

function readObject(node: Node<unknown>, catalog: Catalog, log: ProblemLog): void {
  if (typeof node.value !== "object" || node.value === null || Array.isArray(node.value)) {
    log.error(
      placeOf(node),
      "not-an-object",
      `got ${shown(node.value)}, want an OpenSLO object`,
      "Begin with apiVersion, kind and metadata",
    );
    return;
  }
  const head = node as Node<Head>;
  if (isRuleFile(head, log) || !checkVersion(head, log)) return;
  const kind = checkKind(head, log);
  if (kind === undefined) return;
  const object: Node<ObjectOf<Kind>> | undefined = checkShape(node, kinds[kind], log);
  if (object === undefined) return;
  checkNames(kind, object, log);
  catalog.add(kind, object, log);
}

/** What an object is known by; a rule file of Prometheus has `groups` in its place. */
interface Head {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly groups?: unknown;
}

/** Rules are what the compiler makes, so they are easily named in place of what it reads. */
function isRuleFile(head: Node<Head>, log: ProblemLog): boolean {
  const { apiVersion, kind, groups } = head.value;
  if (apiVersion !== undefined || kind !== undefined || !Array.isArray(groups)) return false;
  log.error(
    placeOf({ ...head, path: [...head.path, "groups"] }),
    "prometheus-rules",
    "this is a Prometheus rule file, and only OpenSLO files are read here",
    "Name the OpenSLO file that the rules are made from; promtool check rules looks at this one",
  );
  return true;
}

/** A version is checked before the rest, for nothing else can be said of an object of another version. */
function checkVersion(head: Node<Head>, log: ProblemLog): boolean {
  const { apiVersion } = head.value;
  if (apiVersion === VERSION) return true;
  const place = placeOf({ ...head, path: [...head.path, "apiVersion"] });
  if (apiVersion === undefined || apiVersion === null) {
    log.error(place, "missing-field", "this field is required and missing", `Add apiVersion: ${VERSION}`);
  } else if (apiVersion === "openslo/v1alpha") {
    log.error(
      place,
      "version-v1alpha",
      "openslo/v1alpha has other fields than openslo/v1",
      [
        "To migrate, write apiVersion: openslo/v1",
        "timeWindows with count and unit becomes timeWindow with duration (unit Day, count 28: 28d)",
        "objectives[].ratioMetrics moves to indicator.spec.ratioMetric, and its incremental becomes counter",
        "indicator.thresholdMetric moves to indicator.spec.thresholdMetric, and indicator gets metadata.name",
        "source, queryType and query become metricSource with type and spec.query",
      ].join("; "),
    );
  } else {
    log.error(
      place,
      "unknown-version",
      `got ${shown(apiVersion)}, want ${VERSION}`,
      "This compiler reads OpenSLO v1 only; move other files out of the folder",
    );
  }
  return false;
}

function checkKind(head: Node<Head>, log: ProblemLog): Kind | undefined {
  const { kind } = head.value;
  const known = Object.keys(kinds);
  if (typeof kind === "string" && known.includes(kind)) return kind as Kind;
  const guess = typeof kind === "string" ? nearest(kind, known) : undefined;
  log.error(
    placeOf({ ...head, path: [...head.path, "kind"] }),
    "unknown-kind",
    `got ${shown(kind)}, want ${listed(known)}`,
    guess === undefined ? "Choose one of them" : `Did you mean "${guess}"?`,
  );
  return undefined;
}
