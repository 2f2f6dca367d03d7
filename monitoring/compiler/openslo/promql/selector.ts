import type { SyntaxNode } from "@lezer/common";
import type { QueryMistake } from "./syntax.ts";

export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** An instant vector selector. The metric's name is a matcher on `__name__`, as Prometheus sees it. */
export interface Selector {
  readonly matchers: readonly Matcher[];
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a VectorSelector node.
 *
 * @param node of a tree without errors.
 * @param text the query.
 */
export function readSelector(node: SyntaxNode, text: string): Selector {
  const matchers: Matcher[] = [];
  const name = node.getChild("Identifier");
  if (name !== null) matchers.push({ label: "__name__", op: "=", value: text.slice(name.from, name.to) });
  for (let child = node.getChild("LabelMatchers")?.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment") matchers.push(readMatcher(child, text));
  }
  return { matchers, from: node.from, to: node.to };
}

/** The name of a selector's metric, if it gives just one. */
export function metricOf(selector: Selector): string | undefined {
  return selector.matchers.find(({ label, op }) => label === "__name__" && op === "=")?.value;
}

/** Whether a matcher takes a label value; PromQL's patterns are anchored at both ends. */
export function matches(matcher: Matcher, value: string): boolean {
  if (matcher.op === "=" || matcher.op === "!=") return (matcher.value === value) === (matcher.op === "=");
  return new RegExp(`^(?:${matcher.value})$`, "s").test(value) === (matcher.op === "=~");
}

/** What Prometheus would refuse of a selector although it parses. */
export function checkSelector(selector: Selector): QueryMistake | undefined {
  const offset = selector.from;
  for (const { label, op, value } of selector.matchers) {
    if (op.endsWith("~") && !isPattern(value)) {
      return {
        offset,
        message: `has a pattern for label ${label} that is not valid RE2: ${JSON.stringify(value)}`,
        remedy: "Close its brackets; RE2 has no look-ahead and no look-behind",
      };
    }
  }
  const names = selector.matchers.filter(({ label, op }) => label === "__name__" && op === "=");
  if (names.length > 1) {
    return { offset, message: "names its metric twice", remedy: "Name it once" };
  }
  if (selector.matchers.some((matcher) => !matches(matcher, ""))) return undefined;
  return {
    offset,
    message: "would take every series there is, and Prometheus refuses that",
    remedy: "Name a metric",
  };
}

function readMatcher(node: SyntaxNode, text: string): Matcher {
  const literals = node.getChildren("StringLiteral");
  const label = node.getChild("LabelName");
  const op = node.getChild("MatchOp");
  const quoted = node.name === "QuotedLabelName" ? literals[0] : node.getChild("QuotedLabelName");
  if (op === null) return { label: "__name__", op: "=", value: unquote(quoted, text) };
  const value = unquote(literals.at(-1), text);
  const name =
    label === null ? unquote(quoted?.getChild("StringLiteral") ?? quoted, text) : slice(label, text);
  return { label: name, op: slice(op, text) as Matcher["op"], value };
}

function slice(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}

/** The text that a PromQL string means: escapes in single and double quotes, none in backticks. */
function unquote(node: SyntaxNode | null | undefined, text: string): string {
  if (node === null || node === undefined) return "";
  const inner = text.slice(node.from + 1, node.to - 1);
  if (text[node.from] === "`") return inner;
  return inner.replaceAll(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(.))/g, (_, hex, unicode, single) => {
    if (single === undefined) return String.fromCharCode(Number.parseInt((hex ?? unicode) as string, 16));
    return { n: "\n", t: "\t", r: "\r" }[single as string] ?? (single as string);
  });
}

/** JavaScript's expressions are nearly RE2's; where they are known to differ, RE2 is given the benefit of the doubt. */
function isPattern(value: string): boolean {
  if (/\(\?(?:[=!]|<[=!])/.test(value)) return false;
  try {
    RegExp(`^(?:${value})$`);
    return true;
  } catch {
    return /\(\?|\\[pPQCAz]|\[\[:/.test(value);
  }
}
