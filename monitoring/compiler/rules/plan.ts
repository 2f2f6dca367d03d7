/** Which windows of an SLO are recorded, and by which construction. */
import { HOUR, MINUTE, duration } from "../duration.ts";
import type { Slo } from "../model.ts";
import { constructionOf, recordedWindows } from "../windows.ts";
import type { Construction } from "../windows.ts";

/** Window lengths in seconds, ascending. */
export type WindowPlan = Readonly<Record<Construction, readonly number[]>>;

/** What every longer window is made of: the newest hour, and the five-minute counts that slides repeat. */
const buildingBlocks = [5 * MINUTE, HOUR];

/**
 * Collects the windows of one SLO: those of its tiers, its period, and the usual ones up to the longest of these.
 *
 * @param slo any SLO of the model.
 * @returns each window under the construction that counts it.
 * @throws RangeError when a window cannot be built from what is recorded; the message names the SLO.
 */
export function planWindows(slo: Slo): WindowPlan {
  let plan = plans.get(slo);
  if (plan === undefined) {
    plan = collect(slo);
    plans.set(slo, plan);
  }
  return plan;
}

/** The rules and every file of tests ask for the same SLO's. */
const plans = new WeakMap<Slo, WindowPlan>();

function collect(slo: Slo): WindowPlan {
  const ofTiers = slo.alerting.tiers.flatMap((tier) => [tier.longSeconds, tier.shortSeconds]);
  const ofPeriod = slo.window.kind === "rolling" ? [slo.window.seconds] : [];
  const longest = Math.max(slo.window.seconds, ...ofTiers);
  const usual = recordedWindows.filter((window) => window <= longest);
  const wanted = [...new Set([...ofTiers, ...ofPeriod, ...usual, ...buildingBlocks])].toSorted(
    (a, b) => a - b,
  );
  const plan: Record<Construction, number[]> = { short: [], medium: [], long: [] };
  const slice = slo.budgeting.method === "Occurrences" ? 0 : slo.budgeting.sliceSeconds;
  for (const tier of slo.alerting.tiers) {
    if (tier.shortSeconds >= slice) continue;
    throw new RangeError(
      `SLO ${slo.name}: tier ${tier.name} looks at ${duration(tier.shortSeconds)}, ` +
        `which is less than one slice of ${duration(slice)}`,
    );
  }
  for (const window of wanted.filter((window) => window >= slice)) {
    plan[construction(slo, window)].push(window);
  }
  return plan;
}

function construction(slo: Slo, window: number): Construction {
  try {
    return constructionOf(window);
  } catch (cause) {
    throw new RangeError(`SLO ${slo.name}: ${(cause as Error).message}`, { cause });
  }
}
