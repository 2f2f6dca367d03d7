/** Small mistakes that somebody could make in a rule's expression, one at a time. */
import { parser } from "@prometheus-io/lezer-promql";
import type { SyntaxNode } from "@lezer/common";
import { decimal, exact } from "../decimal.ts";
import { duration, parseDuration } from "../duration.ts";

type MutantKind = "threshold" | "window" | "matcher" | "comparison" | "for";

/** The part of a rule that is changed. */
interface Mutable {
  readonly expr: string;
  readonly for?: string | undefined;
}

export interface Mutant extends Mutable {
  readonly kind: MutantKind;
  /** The whole expression, with the mistake in it unless `for` has it; without `for` the rule keeps its own. */
  readonly expr: string;
  /** What was changed, such as `> 14.4 → > 15.84 at 68`. */
  readonly change: string;
}

/** For each comparison, the one that differs at the edge, and the opposite. */
const wrongComparisons: Readonly<Record<string, readonly string[]>> = {
  ">": [">=", "<"],
  ">=": [">", "<"],
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  "==": ["!="],
  "!=": ["=="],
};

const wrongMatches: Readonly<Record<string, string>> = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~" };

/** How far a threshold is moved, as a share; a threshold of 0 is moved by 1. */
const moved = 0.05;

/** Lists every mutant of a rule: those of its expression, and its `for` twice as long and half as long. */
export function mutantsOfRule(rule: Mutable): Mutant[] {
  const mutants = mutantsOf(rule.expr);
  const { expr, for: wait } = rule;
  if (wait === undefined) return mutants;
  const others = [2, 0.5].map((factor): Mutant => {
    const wrong = duration(parseDuration(wait) * factor);
    return { kind: "for", expr, for: wrong, change: `${wait} → ${wrong}` };
  });
  return [...mutants, ...others];
}

/**
 * Lists every mutant of an expression.
 *
 * Each threshold a little higher and lower; each range, offset and subquery twice as long and half as long; each label
 * matcher negated and left out; each comparison with its neighbour and its opposite.
 */
export function mutantsOf(expr: string): Mutant[] {
  const mutants: Mutant[] = [];
  const add = (kind: MutantKind, from: number, to: number, text: string): void => {
    const change = `${expr.slice(from, to) || "nothing"} → ${text.trim() || "nothing"} at ${from}`;
    mutants.push({ kind, expr: expr.slice(0, from) + text + expr.slice(to), change });
  };
  parser.parse(expr).iterate({
    enter({ node }) {
      const text = expr.slice(node.from, node.to);
      if (node.name === "NumberDurationLiteralInDurationContext") {
        for (const factor of [2, 0.5])
          add("window", node.from, node.to, duration(parseDuration(text) * factor));
      }
      if (node.name === "UnquotedLabelMatcher") addMatcher(node);
      if (node.name === "BinaryExpr") addComparison(node);
    },
  });
  return mutants;

  function addMatcher(node: SyntaxNode): void {
    const op = node.getChild("MatchOp");
    if (op) add("matcher", op.from, op.to, wrongMatches[expr.slice(op.from, op.to)] ?? "=");
    // The comma before or behind goes with it.
    const before = /,\s*$/.exec(expr.slice(0, node.from))?.[0].length ?? 0;
    const after = before > 0 ? 0 : (/^\s*,/.exec(expr.slice(node.to))?.[0].length ?? 0);
    add("matcher", node.from - before, node.to + after, "");
  }

  function addComparison(node: SyntaxNode): void {
    const operator = ["Gtr", "Gte", "Lss", "Lte", "Eqlc", "Neq"]
      .map((name) => node.getChild(name))
      .find(Boolean);
    if (!operator) return;
    for (const wrong of wrongComparisons[expr.slice(operator.from, operator.to)] ?? []) {
      add("comparison", operator.from, operator.to, wrong);
    }
    const limit = node.getChild("NumberDurationLiteral");
    if (!limit) return;
    const value = Number(expr.slice(limit.from, limit.to));
    const wrong = value === 0 ? [1, -1] : [value * (1 + moved), value * (1 - moved)];
    for (const wrongValue of wrong) add("threshold", limit.from, limit.to, decimal(exact(wrongValue)));
  }
}
