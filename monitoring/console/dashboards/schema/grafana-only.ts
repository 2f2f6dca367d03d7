import { z } from "zod";

const anything = z.unknown().optional();

/**
 * Keys that Grafana's files carry and that change nothing of what the console draws: the editor's state, and looks that
 * the console has its own of. They are listed, so that a key that is in no list can be named on the page.
 */
export function grafanaOnly<const K extends string>(...keys: readonly K[]): Record<K, typeof anything> {
  return Object.fromEntries(keys.map((key) => [key, anything])) as Record<K, typeof anything>;
}
