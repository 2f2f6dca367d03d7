/**
 * What a recorded series would be after months of evaluation, as one expression: every reference to a recorded series
 * is replaced by the rule behind it, and a range over one by a subquery that steps as its group does. Prometheus
 * evaluates no rule in the past; this is the same arithmetic on the same engine, without the months.
 */
import { parser } from "@prometheus-io/lezer-promql";
import { duration } from "../duration.ts";
import type { RuleGroup } from "../rules/rule.ts";

/**
 * Unfolds a recorded series down to raw ones.
 *
 * @param record the name of a recording rule in the groups.
 * @param groups all groups that it is made from.
 * @returns PromQL that reads raw series only.
 * @throws RangeError when no rule records the name.
 */
export function unfold(record: string, groups: readonly RuleGroup[]): string {
  for (const group of groups) {
    for (const rule of group.rules) {
      if ("record" in rule && rule.record === record)
        return withLabels(unfoldExpr(rule.expr, groups), rule.labels);
    }
  }
  throw new RangeError(`no rule records ${record}`);
}

/** Unfolds every recorded series in an expression. */
function unfoldExpr(expr: string, groups: readonly RuleGroup[]): string {
  const intervals = new Map(
    groups.flatMap((group) =>
      group.rules.flatMap((rule) =>
        "record" in rule ? [[rule.record, group.intervalSeconds] as const] : [],
      ),
    ),
  );
  let text = "";
  let end = 0;
  parser.parse(expr).iterate({
    enter({ name, node, from, to }) {
      if (name !== "VectorSelector") return;
      const identifier = node.getChild("Identifier");
      const record = identifier ? expr.slice(identifier.from, identifier.to) : "";
      const interval = intervals.get(record);
      if (interval === undefined) return;
      text += `${expr.slice(end, from)}(${unfold(record, groups)})`;
      end = to;
      if (node.parent?.name !== "MatrixSelector") return;
      // `[1h]` becomes `[1h:15s]`.
      text += `${expr.slice(to, node.parent.to - 1)}:${duration(interval)}]`;
      end = node.parent.to;
    },
  });
  return text + expr.slice(end);
}

function withLabels(expr: string, labels: Readonly<Record<string, string>> = {}): string {
  let labelled = expr;
  for (const [name, value] of Object.entries(labels)) {
    labelled = `label_replace(${labelled}, ${JSON.stringify(name)}, ${JSON.stringify(value)}, "", "")`;
  }
  return labelled;
}
