import type { SyntaxNode } from "@lezer/common";
import type { ProblemLog } from "../problem.ts";
import type { Node } from "../read/node.ts";
import { placeInside } from "../read/place.ts";
import { checkSelector, metricOf, readSelector } from "./selector.ts";
import type { Selector } from "./selector.ts";
import { isMistake, nodesOf, parseQuery, WINDOW } from "./syntax.ts";
import type { ParsedQuery, QueryMistake } from "./syntax.ts";
import { checkTypes } from "./types.ts";

/** A query that counts events: a selector alone, or an expression with `$window` in it. */
export interface CountQuery {
  readonly text: string;
  readonly windowed: boolean;
  readonly selectors: readonly Selector[];
  /** The query without its selectors: two queries of one frame differ only in what they select. */
  readonly frame: string;
}

/**
 * Reads a query that counts events. `sum(selector)` is read as the selector, for the compiler adds the sum itself.
 *
 * @param node the query's text in the file.
 * @param log is told, at the character, of what does not parse or cannot be given a window.
 */
export function readCountQuery(node: Node<string>, log: ProblemLog): CountQuery | undefined {
  const parsed = parseChecked(node, log);
  if (parsed === undefined || (!isOneRange(parsed) && !checkType(node, parsed, log))) return undefined;
  if (parsed.windowed) {
    warnOfRates(node, parsed, log);
    return describe(parsed, 0, parsed.text.length);
  }
  const root = bare(parsed.tree.topNode.firstChild);
  if (root?.name === "VectorSelector") return describe(parsed, root.from, root.to);
  report(node, "not-a-selector", whyNot(parsed, root), log);
  return undefined;
}

/**
 * Reads a query that gives a value now, to be sampled: any PromQL that gives an instant vector.
 *
 * @returns the query without surrounding white space.
 */
export function readSampleQuery(node: Node<string>, log: ProblemLog): string | undefined {
  const parsed = parseChecked(node, log);
  return parsed !== undefined && checkType(node, parsed, log) ? parsed.text.trim() : undefined;
}

interface CheckedQuery extends ParsedQuery {
  readonly selectors: readonly Selector[];
}

/** Parses a query and checks its selectors; every query passes here. */
function parseChecked(node: Node<string>, log: ProblemLog): CheckedQuery | undefined {
  const parsed = parseQuery(node.value);
  if (isMistake(parsed)) {
    report(node, "promql-syntax", parsed, log);
    return undefined;
  }
  const found = nodesOf(parsed.tree.topNode, "VectorSelector");
  const selectors = found.map((selector) => readSelector(selector, parsed.text));
  for (const selector of selectors) {
    const mistake = checkSelector(selector) ?? checkBucket(selector, parsed.text);
    if (mistake === undefined) continue;
    report(node, "promql-selector", mistake, log);
    return undefined;
  }
  return { ...parsed, selectors };
}

function checkType(node: Node<string>, parsed: ParsedQuery, log: ProblemLog): boolean {
  const mistake = checkTypes(parsed.tree);
  if (mistake !== undefined) report(node, "promql-type", mistake, log);
  return mistake === undefined;
}

/** A histogram's buckets hold one another: all of them together count every event many times. */
function checkBucket(selector: Selector, text: string): QueryMistake | undefined {
  const isBucket = metricOf(selector)?.endsWith("_bucket") ?? false;
  if (!isBucket || selector.matchers.some(({ label }) => label === "le")) return undefined;
  if (/histogram_(quantile|fraction)/.test(text)) return undefined;
  return {
    offset: selector.from,
    message: "takes every bucket of the histogram, so each event counts several times",
    remedy: `Choose one bucket by le="…", or write the metric's _count to count all`,
  };
}

function describe(parsed: CheckedQuery, from: number, to: number): CountQuery {
  let frame = "";
  let end = from;
  for (const selector of parsed.selectors) {
    frame += `${parsed.text.slice(end, selector.from)}\0`;
    end = selector.to;
  }
  frame += parsed.text.slice(end, to);
  return {
    text: parsed.text.slice(from, to).trim(),
    windowed: parsed.windowed,
    selectors: parsed.selectors,
    frame: frame.replaceAll(/\s+/g, ""),
  };
}

/** Takes away what changes nothing once the compiler has put its own sum around: brackets and a plain sum. */
function bare(node: SyntaxNode | null): SyntaxNode | null {
  if (node?.name === "ParenExpr") return bare(node.firstChild);
  const isPlainSum =
    node?.name === "AggregateExpr" &&
    node.getChild("AggregateOp")?.firstChild?.name === "Sum" &&
    node.getChild("AggregateModifier") === null;
  return isPlainSum ? bare(node.getChild("FunctionCallBody")?.firstChild ?? null) : node;
}

/** `metric[5m]` alone: said in `whyNot`, with a better remedy than the type check has. */
function isOneRange(parsed: ParsedQuery): boolean {
  return !parsed.windowed && parsed.tree.topNode.firstChild?.name === "MatrixSelector";
}

function whyNot(parsed: ParsedQuery, root: SyntaxNode | null): QueryMistake {
  const offset = root?.from ?? 0;
  const range = nodesOf(parsed.tree.topNode, "MatrixSelector")[0];
  const length = range?.getChild("DurationExpr");
  if (length) {
    const written = parsed.text.slice(length.from, length.to);
    return {
      offset: length.from,
      message: `has a range of its own, ${written}, but events are counted over many windows`,
      remedy: `Write ${WINDOW} in place of ${written}, or the selector alone`,
    };
  }
  if (root?.name === "AggregateExpr" && root.getChild("AggregateModifier") !== null) {
    return {
      offset,
      message: "groups its events, but an SLO has one number of events",
      remedy: "Leave the grouping out; write one SLO for each group that has a target",
    };
  }
  return {
    offset,
    message: "is an expression, and a range cannot be put behind it",
    remedy: `Write a selector alone, or an expression that counts the events in [${WINDOW}]`,
  };
}

function warnOfRates(node: Node<string>, parsed: ParsedQuery, log: ProblemLog): void {
  const rate = nodesOf(parsed.tree.topNode, "Rate")[0] ?? nodesOf(parsed.tree.topNode, "Irate")[0];
  if (rate === undefined) return;
  log.warning(
    placeInside(node, rate.from),
    "rate-not-count",
    "gives events a second, but the number of events is wanted; ratios come out wrong too, unless both queries do so",
    "Write increase",
  );
}

function report(node: Node<string>, id: string, mistake: QueryMistake, log: ProblemLog): void {
  log.error(placeInside(node, mistake.offset), id, `the query ${mistake.message}`, mistake.remedy);
}
