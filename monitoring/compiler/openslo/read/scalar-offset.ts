import { Scalar } from "yaml";

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * Finds where a character of a YAML text value stands in the file, so that a mistake inside PromQL can be pointed at.
 *
 * YAML changes nothing of a text but its white space and its escapes, whatever the style. So the n-th character that
 * is not white space in the value is the n-th in the source.
 *
 * @param source the file's text.
 * @param scalar a text value of it.
 * @param offset from 0, in the value; its length means the end.
 * @returns the offset in the file.
 */
export function offsetInSource(source: string, scalar: Scalar<string>, offset: number): number {
  const [start, end] = scalar.range ?? [0, 0];
  let remaining = countInk(scalar.value.slice(0, offset));
  let last = start;
  for (const { at, length } of inkOf(source, scalar.type, start, end)) {
    if (remaining === 0 && offset < scalar.value.length) return at;
    remaining -= 1;
    last = at + length;
  }
  return last;
}

function countInk(text: string): number {
  return text.replaceAll(/\s/g, "").length;
}

interface Ink {
  readonly at: number;
  readonly length: number;
}

/** The characters of a scalar's source that stand for something other than white space. */
function* inkOf(source: string, type: Scalar["type"], start: number, end: number): Generator<Ink> {
  const quote = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
  const block = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
  const first = block ? source.indexOf("\n", start) + 1 : start + (quote ? 1 : 0);
  const stop = quote ? end - 1 : end;
  for (let at = first; at < stop;) {
    const length = lengthAt(source, type, at);
    const isSpace =
      length === 1 ? /\s/.test(source[at] ?? "") : /^\\[nrt \t\n_]/.test(source.slice(at, stop));
    if (!isSpace) yield { at, length };
    at += length;
  }
}

function lengthAt(source: string, type: Scalar["type"], at: number): number {
  if (type === Scalar.QUOTE_SINGLE && source.startsWith("''", at)) return 2;
  if (type !== Scalar.QUOTE_DOUBLE || source[at] !== "\\") return 1;
  return ESCAPE_LENGTHS[source[at + 1] ?? ""] ?? 2;
}
