/** Where values stand in their file. Looked up only when there is a problem to report. */
import { isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import type { Node as YamlNode, Pair, Scalar } from "yaml";
import type { Place } from "../problem.ts";
import { printPath } from "./node.ts";
import type { Key, Node, YamlSource } from "./node.ts";
import { offsetInSource } from "./scalar-offset.ts";

/** The place of a node: a text or number itself, a collection's key, a list item's start. */
export function placeOf(node: Node<unknown>): Place {
  return placeAt(node.source, node.path);
}

/** The line of a text or number, from 1. Every SLO has one, so it costs no look for a place where that can be spared. */
export function lineOf(node: Node<string | number>): number {
  const { plain } = node.source;
  const parents = node.path.slice(0, -1);
  let parent: unknown = plain?.value;
  for (const key of parents) parent = (parent as Record<Key, unknown> | undefined)?.[key];
  const line = plain?.lines.get(parent as object)?.get(node.path.at(-1) ?? "");
  return line ?? placeOf(node).line;
}

/** The place of a path, or of the nearest part of it that exists: where a missing field would have to go. */
export function placeAt(source: YamlSource, path: readonly Key[], pointAt: "value" | "key" = "value"): Place {
  return { ...position(source, find(source, path, pointAt).offset), ...named(source, path) };
}

/** The place of one character inside a text value. */
export function placeInside(node: Node<string>, offset: number): Place {
  const found = find(node.source, node.path, "value");
  const start = isScalar(found.node)
    ? offsetInSource(node.source.text, found.node as Scalar<string>, offset)
    : found.offset;
  return { ...position(node.source, start), ...named(node.source, node.path) };
}

/** Where offsets inside a text value stand in the file. */
export function linesInside(node: Node<string>): YamlSource["lines"] {
  return {
    linePos(offset) {
      const { line, column } = placeInside(node, offset);
      return { line, col: column };
    },
  };
}

function named(source: YamlSource, path: readonly Key[]): { file: string; path: string } {
  return { file: source.file, path: printPath([...(source.within ?? []), ...path]) };
}

function position(source: YamlSource, offset: number): { line: number; column: number } {
  const { line, col } = source.lines.linePos(offset);
  return { line, column: col };
}

interface Found {
  readonly node: YamlNode | undefined;
  readonly offset: number;
}

function find(source: YamlSource, path: readonly Key[], pointAt: "value" | "key"): Found {
  let node = resolve(source, source.document.contents);
  let offset = start(node);
  for (const [index, key] of path.entries()) {
    const child = childOf(node, key);
    if (child === undefined) break;
    const value = resolve(source, isPair(child) ? child.value : child);
    const last = index === path.length - 1;
    const wantsKey = !isScalar(value) || value.value === null || (last && pointAt === "key");
    offset = isPair(child) && wantsKey ? start(child.key as YamlNode) : start(value);
    node = value;
  }
  return { node, offset };
}

function childOf(node: YamlNode | undefined, key: Key): Pair | YamlNode | undefined {
  if (isSeq(node)) return node.items[Number(key)] as YamlNode | undefined;
  if (!isMap(node)) return undefined;
  return node.items.findLast(
    (pair) => (isScalar(pair.key) ? String(pair.key.value) : pair.key) === String(key),
  );
}

function resolve(source: YamlSource, node: unknown): YamlNode | undefined {
  if (isAlias(node)) return node.resolve(source.document);
  return (node ?? undefined) as YamlNode | undefined;
}

function start(node: YamlNode | undefined): number {
  return node?.range?.[0] ?? 0;
}
