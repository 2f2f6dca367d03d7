/** Where a number turns from good to bad; the numbers are the alerts' own. */
import type { Threshold } from "@grafana/grafana-foundation-sdk/dashboard";
import { DAY } from "../../compiler/duration.ts";
import { budgetLowShare, defaultTiers, isPage, tiersFor } from "../../compiler/windows.ts";
import type { Tier } from "../../compiler/windows.ts";
import { colour } from "./colours.ts";

/** A colour from each value on; the first one is that of everything below the second. */
export type Steps = readonly [base: string, ...from: (readonly [value: number, colour: string])[]];

/** The tiers of the alerts, over 30 days: factors 14.4, 6, 3 and 1. */
export const tiers: readonly Tier[] = tiersFor(defaultTiers, 30 * DAY);

/** The share of a budget that is left: it may be negative. */
export const budgetSteps: Steps = [colour.page, [0, colour.ticket], [budgetLowShare, colour.good]];

/** The colour of somebody being told by a tier. */
export function tierColour(tier: Pick<Tier, "severity">): string {
  return isPage(tier) ? colour.page : colour.ticket;
}

/** A burn rate over the window of one tier: from 1 on the budget does not last, from the factor on somebody is told. */
export function burnSteps(tier: Tier): Steps {
  const told = [tier.factor, tierColour(tier)] as const;
  return tier.factor > 1 ? [colour.good, [1, colour.notice], told] : [colour.good, told];
}

/** Seconds until a budget is spent, by what each tier's factor would leave of it: 30 days ÷ factor. */
export const exhaustionSteps: Steps = [
  colour.page,
  [(30 * DAY) / (tiers[1]?.factor ?? 1), colour.ticket],
  [30 * DAY, colour.good],
];

/** For numbers that are neither good nor bad. */
export const noSteps: Steps = [colour.plain];

/** For numbers of which any above zero is bad. */
export const noneIsGood: Steps = [colour.good, [0.000001, colour.page]];

/** Steps as Grafana has them. */
export function thresholdList([base, ...rest]: Steps): Threshold[] {
  return [{ value: null, color: base }, ...rest.map(([value, color]) => ({ value, color }))];
}
