import { identityOf } from "../catalog.ts";
import type { Catalog } from "../catalog.ts";
import type { Place, ProblemLog } from "../problem.ts";
import type { Node } from "../read/node.ts";

/** What every step of the conversion needs. */
export interface Context {
  readonly catalog: Catalog;
  readonly log: ProblemLog;
  /** How long Prometheus keeps samples, in seconds. */
  readonly retentionSeconds: number;
  /** What was worked out already, by the identity of the node that it came from. */
  readonly remembered: Map<string, unknown>;
  /** The names of the SLOs made so far, and where each is from. */
  readonly taken: Map<string, Place>;
}

/** A context in which nothing has happened yet. */
export function createContext(catalog: Catalog, log: ProblemLog, retentionSeconds: number): Context {
  return { catalog, log, retentionSeconds, remembered: new Map(), taken: new Map() };
}

/** Works something out once for each node, however many SLOs refer to it; so its problems are told once too. */
export function once<T>(context: Context, node: Node<unknown>, work: () => T): T {
  const key = identityOf(node);
  if (!context.remembered.has(key)) context.remembered.set(key, work());
  return context.remembered.get(key) as T;
}
