/** Invents raw series for a selector: some that it selects, and for each of its matchers one that only that excludes. */
import { parsePromql } from "../../promql-tree.ts";
import { quote } from "../../rules/promql.ts";

interface Matcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export type Labels = Readonly<Record<string, string>>;

/**
 * Reads a plain selector such as `http_requests_total{service="order"}`.
 *
 * @returns undefined for every other expression.
 */
export function readSelector(query: string): Selector | undefined {
  const text = query.trim();
  const top = parsePromql(text).topNode.firstChild;
  const identifier = top?.getChild("Identifier");
  if (top?.name !== "VectorSelector" || top.to !== text.length || !identifier) return undefined;
  const matchers = (top.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map((node) => {
    const part = (name: string): string => {
      const child = node.getChild(name);
      return child ? text.slice(child.from, child.to) : "";
    };
    return {
      name: part("LabelName"),
      op: part("MatchOp") as Matcher["op"],
      value: unquote(part("StringLiteral")),
    };
  });
  return { metric: text.slice(identifier.from, identifier.to), matchers };
}

/**
 * Labels that a selector selects.
 *
 * @returns undefined when no example of a regular expression can be found.
 */
export function selectedLabels(selector: Selector): Labels | undefined {
  const labels: Record<string, string> = {};
  for (const matcher of selector.matchers) {
    const value = candidates(matcher).find((value) => matches(matcher, value));
    if (value === undefined) return undefined;
    labels[matcher.name] = value;
  }
  return labels;
}

/** For each matcher, labels that all others select and this one does not; without those that cannot be found. */
export function excludedLabels(selector: Selector, base: Labels): Labels[] {
  return selector.matchers.flatMap((matcher) => {
    const value = candidates(matcher).find((value) => !matches(matcher, value));
    return value === undefined ? [] : [{ ...base, [matcher.name]: value }];
  });
}

/** Whether a selector selects a series. */
export function selects(selector: Selector, metric: string, labels: Labels): boolean {
  return (
    selector.metric === metric &&
    selector.matchers.every((matcher) => matches(matcher, labels[matcher.name] ?? ""))
  );
}

/** Writes a series as promtool reads it. */
export function seriesText(metric: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${quote(value)}`);
  return `${metric}{${pairs.join(",")}}`;
}

function matches({ op, value: wanted }: Matcher, value: string): boolean {
  if (op === "=" || op === "!=") return (value === wanted) === (op === "=");
  try {
    return new RegExp(`^(?:${wanted})$`, "s").test(value) === (op === "=~");
  } catch {
    return false;
  }
}

function candidates({ op, value }: Matcher): string[] {
  if (op === "=" || op === "!=") return [value, "other"];
  return [...new Set([example(value), "200", "other"])];
}

/** A text that simple regular expressions match: the first alternative, with each wildcard filled in. */
function example(pattern: string): string {
  const [first = ""] = pattern.replaceAll(/[()^$]/g, "").split("|");
  return first
    .replaceAll(/\[([^\]^\\])[^\]]*\]/g, "$1")
    .replaceAll(/\\d|\.[+*]?/g, (wildcard) => (wildcard.length > 1 && wildcard !== "\\d" ? "x" : "0"))
    .replaceAll(/[+*?]/g, "")
    .replaceAll("\\", "");
}

function unquote(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  if (literal.startsWith("'"))
    return unquote(`"${literal.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal.slice(1, -1);
  }
}
