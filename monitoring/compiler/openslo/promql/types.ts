/** The part of PromQL's type check that the grammar leaves out: range vectors stand where they must, and nowhere else. */
import type { SyntaxNode, Tree } from "@lezer/common";
import type { QueryMistake } from "./syntax.ts";

const TAKES_RANGE =
  /^(AvgOverTime|Changes|CountOverTime|Delta|Deriv|DoubleExponentialSmoothing|FirstOverTime|HoltWinters|Idelta|Increase|Irate|LastOverTime|MadOverTime|MaxOverTime|MinOverTime|PredictLinear|PresentOverTime|QuantileOverTime|Rate|Resets|StddevOverTime|StdvarOverTime|SumOverTime|TsOf\w+|AbsentOverTime)$/;

const RANGES = new Set(["MatrixSelector", "SubqueryExpr"]);

/** What may stand around a range without making it anything else. */
const WRAPPERS = new Set(["OffsetExpr", "StepInvariantExpr", "ParenExpr"]);

/**
 * Finds a range vector at a place where Prometheus refuses it, or a function that lacks one.
 *
 * @returns undefined when the query gives an instant vector or a number.
 */
export function checkTypes(tree: Tree): QueryMistake | undefined {
  const root = tree.topNode.firstChild;
  if (root?.name === "StringLiteral") {
    return { offset: 0, message: "is a text, not a query", remedy: "Take the inner quotes away" };
  }
  let mistake: QueryMistake | undefined;
  tree.iterate({
    enter({ node }) {
      if (mistake !== undefined) return false;
      if (RANGES.has(node.name)) mistake = checkRange(node);
      else if (node.name === "FunctionCall") mistake = checkCall(node);
      return undefined;
    },
  });
  return mistake;
}

/** A range must be an argument of a function that takes one. */
function checkRange(range: SyntaxNode): QueryMistake | undefined {
  let parent = range.parent;
  while (parent !== null && WRAPPERS.has(parent.name)) parent = parent.parent;
  const call = parent?.name === "FunctionCallBody" ? parent.parent : null;
  if (call?.name === "FunctionCall" && takesRange(call)) return undefined;
  return {
    offset: range.from,
    message: "has a range where a single value is wanted",
    remedy: "Put a function such as increase around it, or leave the range out",
  };
}

function checkCall(call: SyntaxNode): QueryMistake | undefined {
  if (!takesRange(call)) return undefined;
  const body = call.getChild("FunctionCallBody");
  for (let argument = body?.firstChild; argument; argument = argument.nextSibling) {
    let inner: SyntaxNode | null = argument;
    while (inner !== null && WRAPPERS.has(inner.name)) inner = inner.firstChild;
    if (inner !== null && RANGES.has(inner.name)) return undefined;
  }
  return {
    offset: call.from,
    message: "calls a function of a range without a range",
    remedy: "Put [$window] behind the selector",
  };
}

function takesRange(call: SyntaxNode): boolean {
  return TAKES_RANGE.test(call.getChild("FunctionIdentifier")?.firstChild?.name ?? "");
}
