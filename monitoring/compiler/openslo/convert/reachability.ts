import { decimal } from "../../decimal.ts";
import { duration } from "../../duration.ts";
import { canFire, errorBudget, lowestReachableTarget } from "../../explain/arithmetic.ts";
import { percent, percentAtLeast } from "../../explain/format.ts";
import type { Budgeting } from "../../model.ts";
import type { Tier } from "../../windows.ts";
import { placeOf } from "../read/place.ts";
import type { Wishes } from "./annotations.ts";
import type { Context } from "./context.ts";
import type { Target } from "./objective.ts";

/**
 * Tells of tiers that can never fire at a target: an alert that never can is worse than none.
 *
 * @param budgeting undefined when it is broken and told.
 */
export function checkReachability(
  tiers: readonly Tier[],
  target: Target,
  budgeting: Budgeting | undefined,
  context: Context,
): void {
  for (const tier of tiers) {
    if (!canFire(tier.factor, target.share)) reportSilent(tier, target, context);
    if (budgeting !== undefined && budgeting.method !== "Occurrences") {
      checkSlice(tier, budgeting.sliceSeconds, target, context);
    }
  }
}

/**
 * Tells of a minimum of events that no window can hold: where slices of time are judged, slices are what is counted.
 *
 * @param budgeting of the objective.
 */
export function checkMinimum(
  tiers: readonly Tier[],
  { minimumEvents, minimumNode }: Wishes,
  budgeting: Budgeting,
  { log }: Context,
): void {
  if (budgeting.method === "Occurrences" || minimumNode === undefined) return;
  for (const { name, longSeconds } of tiers) {
    const slices = Math.floor(longSeconds / budgeting.sliceSeconds);
    if (slices >= minimumEvents) continue;
    log.error(
      placeOf(minimumNode),
      "minimum-never-reached",
      `tier ${name} can never fire: ${budgeting.method} counts slices of ${duration(budgeting.sliceSeconds)}, ` +
        `${duration(longSeconds)} hold ${slices} of them, and the tier waits for ${minimumEvents}`,
      "Write a smaller number, or leave it out: an idle slice is no bad one",
    );
  }
}

/** A window shorter than a slice often holds none at all. */
function checkSlice(tier: Tier, sliceSeconds: number, target: Target, { log }: Context): void {
  if (tier.shortSeconds >= sliceSeconds) return;
  log.error(
    placeOf(target.node),
    "tier-below-slice",
    `tier ${tier.name} looks at ${duration(tier.shortSeconds)}, less than one time slice of ${duration(sliceSeconds)}`,
    "Shorten timeSliceWindow, or choose longer tiers with the annotation burnrate.dev/tiers",
  );
}

function reportSilent(tier: Tier, target: Target, { log }: Context): void {
  const fastest = decimal(Math.round(100 / errorBudget(target.share)) / 100);
  log.error(
    placeOf(target.node),
    "tier-never-fires",
    `tier ${tier.name} can never fire: at a target of ${percent(target.share)} even a full outage burns the budget ` +
      `no more than ${fastest} times too fast, and the tier waits for more than ${decimal(tier.factor)} times`,
    `Raise the target above ${percentAtLeast(lowestReachableTarget(tier.factor))}, or choose other tiers with the annotation burnrate.dev/tiers`,
  );
}
