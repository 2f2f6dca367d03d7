/** Values of a YAML document that know where they stand. */
import type { Document } from "yaml";
import type { PlainDocument } from "./plain-yaml.ts";

export type Key = string | number;

/** One document of one file; or a text inside of one that is YAML again, as annotations may be. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  /** Parsed when it is first looked at, where the fast reader has given the value. */
  readonly document: Document.Parsed;
  /** Tells the line and column in the file of an offset in `text`; a `LineCounter` of yaml's. */
  readonly lines: { linePos(offset: number): { line: number; col: number } };
  /** What the fast reader knows, if it has read the file. */
  readonly plain?: PlainDocument;
  /** The path of the text that this is inside of. @default the document itself */
  readonly within?: readonly Key[];
  /** Paths (as printed) whose value is not of the type that the schema asks for; told already. */
  readonly broken: Set<string>;
}

/** A value and its place. The type is what the schema promises; `field` never hands out a broken one. */
export interface Node<T> {
  readonly value: T;
  readonly path: readonly Key[];
  readonly source: YamlSource;
}

/**
 * Steps into a field.
 *
 * @returns undefined when the field is absent, null, or broken and reported.
 */
export function field<T, K extends keyof T & string>(
  node: Node<T>,
  key: K,
): Node<NonNullable<T[K]>> | undefined {
  const value = node.value[key];
  if (value === undefined || value === null) return undefined;
  const path = [...node.path, key];
  if (node.source.broken.size > 0 && node.source.broken.has(printPath(path))) return undefined;
  return { value, path, source: node.source };
}

/** Whether a field is written at all, broken or not. */
export function has<T>(node: Node<T>, key: keyof T & string): boolean {
  const value = node.value[key];
  return value !== undefined && value !== null;
}

/** The items of a list, without those that are broken and reported. */
export function items<T>(node: Node<readonly T[]> | undefined): Node<T>[] {
  if (node === undefined) return [];
  return node.value
    .map((value, index) => ({ value, path: [...node.path, index], source: node.source }))
    .filter(({ path, source }) => source.broken.size === 0 || !source.broken.has(printPath(path)));
}

/** Whether nothing at or below a node is broken. */
export function isWhole(node: Node<unknown>): boolean {
  const own = printPath(node.path);
  const isWithin = (path: string): boolean =>
    own === "" || path === own || /^[.[]/.test(path.slice(own.length));
  return ![...node.source.broken].some((path) => path.startsWith(own) && isWithin(path));
}

/** Prints a path as people write it: `spec.objectives[0].target`; keys with other signs go in quotes. */
export function printPath(path: readonly Key[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (!/^\w[\w-]*$/.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === "" ? key : `.${key}`;
  }
  return text;
}
