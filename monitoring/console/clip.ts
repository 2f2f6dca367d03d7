/**
 * Shortens a text, and says so with an ellipsis.
 *
 * @param text any text.
 * @param length the most characters to keep, the ellipsis included; above 0.
 * @returns the text, at most `length` UTF-16 units long, never ending in half a surrogate pair.
 */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
