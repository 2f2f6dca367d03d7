/** The values that the fast reader of YAML knows on one line; see plain-yaml.ts. */

/**
 * Reads what stands behind a key or a dash.
 *
 * @param text not empty, without white space around it; a comment may stand at its end.
 * @returns undefined for what is left to the whole parser.
 */
export function readInline(text: string): { readonly value: unknown } | undefined {
  const single = /^'((?:[^']|'')*)'(?: +#.*)?$/.exec(text)?.[1];
  if (single !== undefined) return { value: single.replaceAll("''", "'") };
  const double = /^"([^"\\]*)"(?: +#.*)?$/.exec(text)?.[1];
  if (double !== undefined) return { value: double };
  if (text.startsWith("[")) return readList(text);
  if (/^\{ *\}(?: +#.*)?$/.test(text)) return { value: {} };
  const comment = text.indexOf(" #");
  return readPlain(comment === -1 ? text : text.slice(0, comment).trimEnd());
}

/** A list of plain values on one line. */
function readList(text: string): { value: unknown } | undefined {
  const inner = /^\[([^\][{}"'#&*!|>%@`:?]*)\](?: +#.*)?$/.exec(text)?.[1];
  if (inner === undefined) return undefined;
  if (inner.trim() === "") return { value: [] };
  const items = inner.split(",").map((item) => readPlain(item.trim()));
  return items.includes(undefined) ? undefined : { value: items.map((item) => item?.value) };
}

const WORDS = new Map<string, boolean | null>([
  ...["null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
/** Numbers that every reader of YAML and JavaScript take for the same one. */
const NUMBER = /^(?:0|-?[1-9]\d{0,14})$|^\d{1,7}\.\d{1,8}$/;
/** Durations and dates begin with a digit and are text. */
const DIGITS_AND_TEXT = /^\d+[A-Za-z]$|^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?$/;
/** What surely begins a text. */
const TEXT = /^[A-Za-z_(/$]/;

/** A value without quotes, by YAML's core schema. */
function readPlain(text: string): { value: unknown } | undefined {
  if (NUMBER.test(text)) return { value: Number(text) };
  if (!TEXT.test(text)) return DIGITS_AND_TEXT.test(text) ? { value: text } : undefined;
  if (text.includes(": ") || text.endsWith(":")) return undefined;
  return { value: WORDS.has(text) ? WORDS.get(text) : text };
}
