import type { SyntaxNode, Tree } from "@lezer/common";
import { parsePromql } from "../../promql-tree.ts";

/** What a query may be written with in place of a duration. */
export const WINDOW = "$window";

/** As long as `$window`, so that positions stay true. */
const STAND_IN = "000001m";

/** A mistake, at a character of the query. The message goes on after "the query". */
export interface QueryMistake {
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

/** A query that parses. */
export interface ParsedQuery {
  readonly text: string;
  readonly tree: Tree;
  /** Whether `$window` stands in it. */
  readonly windowed: boolean;
}

/**
 * Parses PromQL by Prometheus' own grammar.
 *
 * @param text PromQL, with `$window` wherever a duration may stand.
 */
export function parseQuery(text: string): ParsedQuery | QueryMistake {
  const tree = parsePromql(text.replaceAll(WINDOW, STAND_IN));
  const mistake = findMistake(tree, text);
  return mistake ?? { text, tree, windowed: text.includes(WINDOW) };
}

export function isMistake(result: ParsedQuery | QueryMistake): result is QueryMistake {
  return "offset" in result;
}

/** All nodes of a type, in the order of the text. */
export function nodesOf(root: SyntaxNode, type: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((node) => {
    if (node.name === type) found.push(node.node);
  });
  return found;
}

function findMistake(tree: Tree, text: string): QueryMistake | undefined {
  const template = /\{\{.*?\}\}|\$(?!window\b)\w+/.exec(text);
  if (template !== null) {
    return {
      offset: template.index,
      message: `does not parse: ${template[0]} is another tool's placeholder`,
      remedy: `Write ${WINDOW}, or a selector alone`,
    };
  }
  let offset: number | undefined;
  tree.iterate({
    enter(node) {
      if (offset === undefined && node.type.isError) offset = node.from;
      return offset === undefined;
    },
  });
  if (offset === undefined) return undefined;
  return { offset, ...describe(text, offset) };
}

function describe(text: string, offset: number): { message: string; remedy: string } {
  const rest = text.slice(offset);
  if (text.trim() === "") return { message: "is empty", remedy: "Write a PromQL selector" };
  if (rest.trim() === "") {
    return { message: "does not parse: it ends too early", remedy: "Close what is open at its end" };
  }
  const name = /(\w+)\s*$/.exec(text.slice(0, offset))?.[1];
  if (rest.startsWith("(") && name !== undefined) {
    return { message: `does not parse: PromQL has no function ${name}`, remedy: "Check its spelling" };
  }
  const token = /^(\w+|"[^"]*"|'[^']*'|\s*\S)/.exec(rest)?.[0] ?? rest;
  return {
    message: `does not parse at ${JSON.stringify(token.trim())}`,
    remedy: "Look for a missing comma, quote, operator or bracket before it",
  };
}
