import { decimal } from "../../decimal.ts";
import { duration } from "../../duration.ts";
import { canFire, errorBudget, lowestReachableTarget } from "../../explain/arithmetic.ts";
import type { Budgeting } from "../../model.ts";
import type { Tier } from "../../windows.ts";
import { placeOf } from "../read/place.ts";
import { percent } from "../wording.ts";
import type { Context } from "./context.ts";
import type { Target } from "./objective.ts";

/** A target in a remedy is rounded up to this, so that following the advice always helps. */
const TARGET_STEP = 1e-6;

/**
 * Checks that each tier can fire at a target: an alert that never can is worse than none.
 *
 * @returns false when one cannot, which is told.
 */
export function tiersCanFire(
  tiers: readonly Tier[],
  target: Target | undefined,
  budgeting: Budgeting | undefined,
  context: Context,
): boolean {
  if (target === undefined) return true;
  const slices = budgeting !== undefined && budgeting.method !== "Occurrences" ? budgeting.sliceSeconds : 0;
  const blind = tiers.filter((tier) => tier.shortSeconds < slices);
  const silent = tiers.filter((tier) => !canFire(tier.factor, target.share));
  for (const tier of silent) reportSilent(tier, target, context);
  for (const tier of blind) {
    context.log.error(
      placeOf(target.node),
      "tier-below-slice",
      `tier ${tier.name} looks at ${duration(tier.shortSeconds)}, less than one time slice of ${duration(slices)}`,
      "Shorten timeSliceWindow, or choose longer tiers with the annotation burnrate.dev/tiers",
    );
  }
  return silent.length === 0 && blind.length === 0;
}

function reportSilent(tier: Tier, target: Target, { log }: Context): void {
  const fastest = decimal(Math.round(100 / errorBudget(target.share)) / 100);
  const needed = Math.ceil(lowestReachableTarget(tier.factor) / TARGET_STEP) * TARGET_STEP;
  log.error(
    placeOf(target.node),
    "tier-never-fires",
    `tier ${tier.name} can never fire: at a target of ${percent(target.share)} even a full outage burns the budget ` +
      `no more than ${fastest} times too fast, and the tier waits for more than ${decimal(tier.factor)} times`,
    `Raise the target above ${percent(needed)}, or choose other tiers with the annotation burnrate.dev/tiers`,
  );
}
