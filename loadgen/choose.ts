import { weighted } from "../services/kit/random.ts";
import type { Random } from "../services/kit/random.ts";
import type { ServiceName } from "../services/topology.ts";
import type { Scenario } from "./scenarios.ts";

/**
 * How likely each scenario is: every service of the table gets the same share of the requests, and within a service
 * weights decide.
 *
 * @returns pairs of scenario and share; the shares add up to 1.
 */
export function scenarioShares(table: readonly Scenario[]): readonly (readonly [Scenario, number])[] {
  const totals = new Map<ServiceName, number>();
  for (const { service, weight } of table) totals.set(service, (totals.get(service) ?? 0) + weight);
  return table.map((scenario) => {
    const ofService = scenario.weight / (totals.get(scenario.service) ?? 0);
    return [scenario, ofService / totals.size] as const;
  });
}

/**
 * Prepares the choice of scenarios.
 *
 * @throws RangeError, on the first choice, when the table is empty.
 */
export function scenarioChooser(table: readonly Scenario[]): (random: Random) => Scenario {
  const shares = scenarioShares(table);
  return (random) => weighted(random, shares);
}
