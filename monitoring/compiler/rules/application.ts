/** The rules that need no SLO: RED for the services, USE for machines and containers. */
import { nodeGroups } from "./use-nodes.ts";
import { containerGroups } from "./use-containers.ts";
import { redGroups } from "./red.ts";
import type { RuleGroup } from "./rule.ts";

/**
 * Everything in rules/application.yml.
 *
 * @returns groups in the order in which they feed each other.
 */
export function applicationGroups(): RuleGroup[] {
  return [...redGroups(), ...nodeGroups(), ...containerGroups()];
}
