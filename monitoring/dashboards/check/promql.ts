/** What a PromQL query reads, by Prometheus' own grammar. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { parseDuration } from "../../compiler/duration.ts";

/** Functions that need several samples of a counter or a gauge in their window. */
const overTime: ReadonlySet<string> = new Set([
  "rate",
  "increase",
  "irate",
  "delta",
  "idelta",
  "deriv",
  "resets",
  "changes",
]);

export interface PromqlFacts {
  /** The names of the metrics that it selects. */
  readonly metrics: readonly string[];
  /** Windows of rates and the like, in seconds, with the metric in them. */
  readonly windows: readonly { readonly call: string; readonly metric: string; readonly seconds: number }[];
}

/**
 * Reads a query.
 *
 * @returns its facts, or the text from where it does not parse.
 */
export function readPromql(query: string): PromqlFacts | { readonly error: string } {
  const tree = parser.parse(query);
  const text = ({ from, to }: { from: number; to: number }): string => query.slice(from, to);
  const metrics: string[] = [];
  const windows: PromqlFacts["windows"][number][] = [];
  let error: string | undefined;
  tree.iterate({
    enter(node) {
      if (node.type.isError) error ??= query.slice(node.from);
      if (node.name === "VectorSelector") metrics.push(metricOf(node.node, text));
      if (node.name === "MatrixSelector") {
        const call = functionAround(node.node, text);
        const selector = node.node.firstChild;
        const range = /\[([^\]:]+)\]\s*$/.exec(text(node))?.[1];
        if (call === undefined || selector === null || range === undefined || !overTime.has(call)) return;
        windows.push({ call, metric: metricOf(selector, text), seconds: parseDuration(range.trim()) });
      }
    },
  });
  if (query.trim() === "") return { error: "its end" };
  return error === undefined ? { metrics, windows } : { error: error.trim() === "" ? "its end" : error };
}

function metricOf(selector: SyntaxNode, text: (node: SyntaxNode) => string): string {
  const name = selector.getChild("Identifier");
  return name === null ? text(selector) : text(name);
}

function functionAround(node: SyntaxNode, text: (node: SyntaxNode) => string): string | undefined {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.name === "FunctionCall" && at.firstChild !== null) return text(at.firstChild);
    if (at.name === "SubqueryExpr") return undefined;
  }
  return undefined;
}
