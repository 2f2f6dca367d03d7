import { decimal } from "../decimal.ts";

/** Prints a value as it may stand in YAML, shortened: `"page"`, `3`, `a list`, `a map`. */
export function shown(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return "a list";
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "a map";
}

/** Prints a share as people say it: 0.9995 → `99.95 %`. */
export function percent(share: number): string {
  return `${decimal(share * 100)} %`;
}

/** Joins words: `a`, `a or b`, `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
