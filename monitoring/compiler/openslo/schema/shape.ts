import { z } from "zod";
import { listed } from "../../explain/format.ts";
import type { ProblemLog } from "../problem.ts";
import { printPath } from "../read/node.ts";
import type { Key, Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import { nearest } from "../suggest.ts";
import { shown } from "../wording.ts";
import { formats } from "./common.ts";
import type { FormatName } from "./common.ts";

type Issue = z.core.$ZodIssue;

/**
 * Checks a value's shape and reports every deviation in our words.
 *
 * Unknown fields and texts that are too long leave the rest usable; anything else is marked as broken, so that later
 * checks pass over it and go on with its neighbours.
 *
 * @returns the same node, with the type that the schema promises of its parts that are not broken; undefined when the
 *   value as a whole is of another type.
 */
export function checkShape<S extends z.ZodType>(
  node: Node<unknown>,
  schema: S,
  log: ProblemLog,
): Node<z.infer<S>> | undefined {
  const result = schema.safeParse(node.value);
  if (result.success) return node as Node<z.infer<S>>;
  for (const issue of result.error.issues) report(node, schema, issue, log);
  return node.source.broken.has(printPath(node.path)) ? undefined : (node as Node<z.infer<S>>);
}

function report(node: Node<unknown>, schema: z.ZodType, issue: Issue, log: ProblemLog): void {
  const keys = issue.path as Key[];
  const at = { source: node.source, path: [...node.path, ...keys], value: valueAt(node.value, keys) };
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) reportUnknown(at, key, knownFields(schema, keys), log);
    return;
  }
  if (issue.code === "too_big") {
    const length = (at.value as string).length;
    log.error(
      placeOf(at),
      "too-long",
      `${length} characters, at most ${issue.maximum} are allowed`,
      "Shorten it",
    );
    return;
  }
  node.source.broken.add(printPath(at.path));
  if (at.value === undefined || at.value === null || at.value === "") {
    const remedy = issue.code === "invalid_value" ? `Choose ${listed(words(issue))}` : "Add it";
    log.error(placeOf(at), "missing-field", "this field is required and missing", remedy);
    return;
  }
  if (issue.code === "invalid_key") {
    const format = formats[issue.issues[0]?.message as FormatName];
    const place = placeAt(at.source, at.path, "key");
    log.error(place, "bad-format", `got ${shown(keys.at(-1))}, want ${format.want}`, format.remedy);
    return;
  }
  const { id, want, remedy } = expectation(issue, at.value);
  log.error(placeOf(at), id, `got ${shown(at.value)}, want ${want}`, remedy);
}

function reportUnknown(parent: Node<unknown>, key: string, known: readonly string[], log: ProblemLog): void {
  const guess = nearest(key, known);
  log.error(
    placeAt(parent.source, [...parent.path, key], "key"),
    "unknown-field",
    "there is no such field here",
    guess === undefined ? `Remove it; known here: ${known.join(", ")}` : `Did you mean "${guess}"?`,
  );
}

/** What should have been there. A new kind of issue would print zod's own words rather than none. */
function expectation(issue: Issue, got: unknown): { id: string; want: string; remedy: string } {
  if (issue.message in formats) return { id: "bad-format", ...formats[issue.message as FormatName] };
  if (issue.code === "invalid_value") {
    const guess = typeof got === "string" ? nearest(got, words(issue)) : undefined;
    const choice = issue.values.length === 1 ? `Write ${words(issue).join()}` : "Choose one of them";
    const remedy = guess === undefined ? choice : `Did you mean "${guess}"?`;
    return { id: "bad-value", want: listed(words(issue)), remedy };
  }
  if (issue.code === "invalid_type") return { id: "bad-type", ...typeWords(issue.expected, got) };
  return { id: "bad-value", want: issue.message, remedy: "Change it" };
}

function typeWords(expected: string, got: unknown): { want: string; remedy: string } {
  if (expected === "string") {
    const simple = typeof got !== "object";
    return { want: "text", remedy: simple ? "Put it in quotes" : "Write a single text" };
  }
  if (expected === "boolean") return { want: "true or false", remedy: "Write true or false, without quotes" };
  if (expected === "number")
    return { want: "a number", remedy: "Write a plain number, without quotes or units" };
  if (expected === "array") return { want: "a list", remedy: "Put a dash and a space before each item" };
  return { want: "a map of fields", remedy: "Write its fields below it, indented" };
}

function words(issue: Extract<Issue, { code: "invalid_value" }>): string[] {
  return issue.values.map(String);
}

function valueAt(value: unknown, keys: readonly Key[]): unknown {
  let found = value;
  for (const key of keys) found = (found as Record<Key, unknown> | null | undefined)?.[key];
  return found;
}

/** The fields that a schema allows at a path. */
function knownFields(schema: z.ZodType, keys: readonly Key[]): string[] {
  let current: unknown = unwrap(schema);
  for (const key of keys) {
    if (current instanceof z.ZodObject) current = unwrap(current.shape[key] as z.ZodType);
    else if (current instanceof z.ZodArray) current = unwrap(current.element as z.ZodType);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable) {
    current = current.unwrap() as z.ZodType;
  }
  return current;
}
