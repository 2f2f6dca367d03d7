/**
 * Values inside PromQL and LogQL. Both have Go's string literals, so quotes, backslashes and line breaks become escapes
 * that mean the same in either kind of quotes; nothing that a value holds can end the literal that it stands in.
 */

/** As part of a string literal. */
export function escapeLiteral(value: string): string {
  return Array.from(value, (char) => (NEEDS_ESCAPE.test(char) ? hexEscape(char) : char)).join("");
}

/** Quotes, the backslash, and every control character. */
const NEEDS_ESCAPE = /["'`\\\p{Cc}]/u;

function hexEscape(char: string): string {
  return `\\x${(char.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
}

/** As part of a regular expression (RE2) that is written as a string literal. */
function escapeRegex(value: string): string {
  return escapeLiteral(value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
}

/** Several values as one alternative of a regular expression in a string literal. */
export function alternatives(values: readonly string[]): string {
  const escaped = values.map(escapeRegex);
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

/** Whether a value can stand outside a literal, as a name, a number or a duration, and be nothing more. */
export function isWord(value: string): boolean {
  return /^[\w:.]+$/.test(value);
}
