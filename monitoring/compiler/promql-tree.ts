/** Prometheus' own grammar, each query parsed once: the reader checks it, and the rule tests invent series for it. */
import type { Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

/** Trees never change, so whoever asks for the same text may have the same one. */
const trees = new Map<string, Tree>();
/** A few kilobytes each: enough for the queries of some thousand SLOs. */
const mostKept = 20_000;

/**
 * Parses PromQL.
 *
 * @param text any text; what is not PromQL becomes error nodes.
 */
export function parsePromql(text: string): Tree {
  let tree = trees.get(text);
  if (tree === undefined) {
    tree = parser.parse(text);
    if (trees.size < mostKept) trees.set(text, tree);
  }
  return tree;
}
