import { createHash } from "node:crypto";

/**
 * @param parts texts whose order and borders count: `["a", "b"]` and `["ab"]` differ.
 * @returns 128 bits of SHA-256 over them, in hexadecimal.
 */
export function digestOf(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex").slice(0, 32);
}
