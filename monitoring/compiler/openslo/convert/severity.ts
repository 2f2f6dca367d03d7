import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import { shown } from "../wording.ts";
import type { Context } from "./context.ts";

/** What people call the two severities that Alertmanager's routes know. */
const SEVERITIES: Readonly<Record<string, "critical" | "warning">> = {
  critical: "critical",
  page: "critical",
  warning: "warning",
  ticket: "warning",
};

/**
 * Reads a severity: page or critical wakes somebody, ticket or warning waits.
 *
 * @returns undefined for any other word, which is told: guessing could wake nobody.
 */
export function readSeverity(severity: Node<string>, { log }: Context): "critical" | "warning" | undefined {
  const known = SEVERITIES[severity.value.toLowerCase()];
  if (known !== undefined) return known;
  log.error(
    placeOf(severity),
    "unknown-severity",
    `got ${shown(severity.value)}, and alerts are routed as critical or warning alone`,
    "Write page or critical for what wakes somebody, ticket or warning for what can wait",
  );
  return undefined;
}
