import { duration } from "../../duration.ts";
import { listed } from "../../explain/format.ts";
import { defaultTiers, tiersFor } from "../../windows.ts";
import type { Tier } from "../../windows.ts";
import { lowestSensibleFactor } from "../limits.ts";
import { field } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { SloSpec } from "../schema/slo.ts";
import type { Context } from "./context.ts";

/** The default tiers for a period. Those that look back longer than it are left out, and that is told. */
export function defaultTiersFor(spec: Node<SloSpec>, periodSeconds: number, { log }: Context): Tier[] {
  const fitting = defaultTiers.filter(({ longSeconds }) => longSeconds <= periodSeconds);
  const window = field(spec, "timeWindow") ?? spec;
  const period = duration(periodSeconds);
  const remedy = "Choose tiers for this window with the annotation burnrate.dev/tiers";
  if (fitting.length === 0) {
    log.error(placeOf(window), "no-tier-fits", `every default tier looks back longer than ${period}`, remedy);
  } else if (fitting.length < defaultTiers.length) {
    const names = defaultTiers.filter((tier) => !fitting.includes(tier)).map(({ name }) => name);
    log.warning(
      placeOf(window),
      "default-tier-left-out",
      `${period} is too short for ${listed(names, "and")}, so no such alert is made`,
      remedy,
    );
  }
  const tiers = tiersFor(fitting, periodSeconds);
  const slow = tiers.filter(({ factor }) => factor < lowestSensibleFactor).map(({ name }) => name);
  if (slow.length > 0) {
    log.warning(
      placeOf(window),
      "default-tier-too-eager",
      `over ${period} the factor of ${listed(slow, "and")} is below 1, so alerts come although the budget would last`,
      remedy,
    );
  }
  return tiers;
}
