import type { CountQuery } from "./query.ts";
import { matches } from "./selector.ts";
import type { Matcher, Selector } from "./selector.ts";

/** What can be said of two queries without asking Prometheus. */
export type Relation =
  | { readonly kind: "same" }
  /** The part takes series that the whole does not: the whole narrows labels that the part leaves open. */
  | { readonly kind: "exceeds"; readonly labels: readonly string[] }
  /** Nothing wrong can be shown. */
  | { readonly kind: "unknown" };

/**
 * Compares the query of good (or bad) events with that of all events.
 *
 * Only queries that differ in one selector on one metric (or on the buckets and the count of one histogram) can be
 * compared. Which label values exist nobody knows here, so a label that both narrow is trusted.
 */
export function relate(part: CountQuery, whole: CountQuery): Relation {
  const unknown = { kind: "unknown" } as const;
  const [a, b] = [part.selectors[0], whole.selectors[0]];
  if (part.frame !== whole.frame || part.selectors.length !== 1 || whole.selectors.length !== 1)
    return unknown;
  if (a === undefined || b === undefined || family(a) !== family(b) || family(a) === undefined)
    return unknown;
  const open = labelsOf(b)
    .filter((matcher) => narrows(matcher) && !a.matchers.some(({ label }) => label === matcher.label))
    .map(({ label }) => label);
  if (open.length > 0) return { kind: "exceeds", labels: [...new Set(open)] };
  return printed(a) === printed(b) ? { kind: "same" } : unknown;
}

/** Matchers that say which events; not the name, nor the bucket. */
function labelsOf(selector: Selector): Matcher[] {
  return selector.matchers.filter(({ label }) => label !== "__name__" && label !== "le");
}

/** `x!=""` only asks that the label is there, `x=~".*"` asks nothing. */
function narrows(matcher: Matcher): boolean {
  return !(matcher.op === "=~" && [".*", ".+"].includes(matcher.value)) && !isPresence(matcher);
}

function isPresence(matcher: Matcher): boolean {
  return matcher.op === "!=" && !matches(matcher, "");
}

/** The metric's name; a histogram's buckets go with its count. */
function family(selector: Selector): string | undefined {
  const names = selector.matchers.filter(({ label }) => label === "__name__");
  if (names.length !== 1 || names[0]?.op !== "=") return undefined;
  return names[0].value.replace(/_bucket$/, "_count");
}

function printed(selector: Selector): string {
  return selector.matchers
    .map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`)
    .toSorted()
    .join();
}
