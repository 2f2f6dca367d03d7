import type { Catalog } from "../catalog.ts";
import type { ProblemLog } from "../problem.ts";
import { printPath } from "../read/node.ts";
import type { Node, YamlSource } from "../read/node.ts";
import type { Metadata } from "../schema/common.ts";

/** What every step of the conversion needs. */
export interface Context {
  readonly catalog: Catalog;
  readonly log: ProblemLog;
  /** How long Prometheus keeps samples, in seconds. */
  readonly retentionSeconds: number;
  /** What was worked out already, by the document and the path of the node that it came from. */
  readonly remembered: Map<YamlSource, Map<string, unknown>>;
  /** The names of the SLOs made so far, and the object that each is from. */
  readonly taken: Map<string, Node<Metadata>>;
}

/** A context in which nothing has happened yet. */
export function createContext(catalog: Catalog, log: ProblemLog, retentionSeconds: number): Context {
  return { catalog, log, retentionSeconds, remembered: new Map(), taken: new Map() };
}

/** Works something out once for each node, however many SLOs refer to it; so its problems are told once too. */
export function once<T>(context: Context, node: Node<unknown>, work: () => T): T {
  const key = printPath(node.path);
  const known = context.remembered.get(node.source) ?? new Map<string, unknown>();
  context.remembered.set(node.source, known);
  if (!known.has(key)) known.set(key, work());
  return known.get(key) as T;
}
