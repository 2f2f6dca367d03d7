import { describe, expect, it } from "vitest";
import { exact } from "../decimal.ts";
import { DAY, HOUR, MINUTE } from "../duration.ts";
import { defaultTiers, tiersFor } from "../windows.ts";
import type { Tier } from "../windows.ts";
import {
  budgetEvents,
  budgetSeconds,
  budgetSpentAtDetection,
  burnRate,
  canFire,
  detectionSeconds,
  errorBudget,
  errorThreshold,
  exhaustionSeconds,
  lowestReachableTarget,
  remainingBudget,
  resetSeconds,
  resetSecondsOfLongWindow,
} from "./arithmetic.ts";

const [pageFast, pageSlow, ticketFast, ticketSlow] = tiersFor(defaultTiers, 30 * DAY) as [
  Tier,
  Tier,
  Tier,
  Tier,
];
const all = [pageFast, pageSlow, ticketFast, ticketSlow];

/** Detection at 99.9 %, in seconds, of the four tiers. */
function detections(errorRatio: number): (number | undefined)[] {
  return all.map((tier) => detectionSeconds(tier, 0.999, errorRatio));
}

describe("error budgets", () => {
  it("are one minus the target, without float noise", () => {
    expect([0.9, 0.99, 0.999, 0.9999, 0.99999].map(errorBudget)).toEqual([0.1, 0.01, 0.001, 0.0001, 0.00001]);
  });

  it("last so many minutes of full outage in 30 days", () => {
    const minutes = [0.99, 0.995, 0.999, 0.9995, 0.9999].map((target) =>
      exact(budgetSeconds(target, 30 * DAY) / MINUTE),
    );
    expect(minutes).toEqual([432, 216, 43.2, 21.6, 4.32]);
    expect(exact(budgetSeconds(0.999, 28 * DAY) / MINUTE)).toBe(40.32);
  });

  it("are used up to 23.15 % by ten minutes of outage at 99.9 %", () => {
    const used = (10 * MINUTE) / budgetSeconds(0.999, 30 * DAY);
    expect(used).toBeCloseTo(0.2315, 4);
    expect(1 - used).toBeCloseTo(0.7685, 4);
  });

  it("may be overspent", () => {
    expect(burnRate(0.0004, 0.999)).toBe(0.4);
    expect(remainingBudget(0.0004, 0.999)).toBe(0.6);
    expect(remainingBudget(0.0015, 0.999)).toBe(-0.5);
  });

  it("burn 125 times too fast when 5 of 40 requests fail", () => {
    expect(burnRate(5 / 40, 0.999)).toBe(125);
  });

  it("are so many events of a million", () => {
    expect(budgetEvents(0.9995, 1_000_000)).toBe(500);
  });

  it("last 50 h, 5 d, 10 d and 30 d at the rates of the tiers", () => {
    expect(all.map(({ factor }) => exhaustionSeconds(factor, 30 * DAY))).toEqual([
      50 * HOUR,
      5 * DAY,
      10 * DAY,
      30 * DAY,
    ]);
  });
});

describe("factors", () => {
  it("follow from share, period and long window", () => {
    const factors = (days: number): number[] =>
      tiersFor(defaultTiers, days * DAY).map(({ factor }) => factor);
    expect(factors(30)).toEqual([14.4, 6, 3, 1]);
    expect(factors(28)).toEqual([13.44, 5.6, 2.8, 0.933333333333]);
  });

  it("give sloth's catalogues from their shares", () => {
    const factors = (days: number, shares: readonly number[]): number[] => {
      const policies = defaultTiers.map((tier, index) =>
        Object.assign({}, tier, { budgetShare: shares[index] }),
      );
      return tiersFor(policies, days * DAY).map(({ factor }) => factor);
    };
    expect(factors(7, [0.08, 0.125, 0.2, 0.42])).toEqual([13.44, 3.5, 1.4, 0.98]);
    expect(factors(30, [0.02, 0.04, 0.1, 0.1])).toEqual([14.4, 4.8, 3, 1]);
  });

  it("make thresholds without float noise", () => {
    expect(all.map(({ factor }) => errorThreshold(factor, 0.999))).toEqual([0.0144, 0.006, 0.003, 0.001]);
  });

  it("spend the same share of the budget whatever the target", () => {
    expect(all.map((tier) => budgetSpentAtDetection(tier, 30 * DAY))).toEqual([0.02, 0.05, 0.1, 0.1]);
  });
});

describe("detection", () => {
  it("of a full outage takes 51.84 s, 129.6 s, and 259.2 s in both slow tiers", () => {
    expect(detections(1)).toEqual([51.84, 129.6, 259.2, 259.2]);
  });

  it("of 5 % takes 17.28 min, 43.2 min and 86.4 min", () => {
    expect(detections(0.05)).toEqual([1036.8, 43.2 * MINUTE, 86.4 * MINUTE, 86.4 * MINUTE]);
  });

  it("of 1 % never comes in the fastest tier", () => {
    expect(detections(0.01)).toEqual([undefined, 216 * MINUTE, 7.2 * HOUR, 7.2 * HOUR]);
  });

  it("of 0.5 % comes in the slow tiers alone", () => {
    expect(detections(0.005)).toEqual([undefined, undefined, 14.4 * HOUR, 14.4 * HOUR]);
  });

  it("of 0.2 % tells the two slowest tiers apart", () => {
    expect(detections(0.002)).toEqual([undefined, undefined, undefined, 36 * HOUR]);
  });

  it("of the fastest tier takes 103.68 s at 50 %, 8.64 min at 10 % and 43.2 min at 2 %", () => {
    const times = [0.5, 0.1, 0.02].map((ratio) => detectionSeconds(pageFast, 0.999, ratio));
    expect(times).toEqual([103.68, 518.4, 2592]);
  });

  it("never comes at exactly the threshold", () => {
    expect(detectionSeconds(pageFast, 0.999, 0.0144)).toBeUndefined();
  });

  it("adds the time that the condition must hold", () => {
    expect(detectionSeconds({ ...pageFast, forSeconds: 120 }, 0.999, 1)).toBe(171.84);
  });

  it("agrees with a simulation in steps of a second", () => {
    for (const ratio of [1, 0.5, 0.05, 0.02]) {
      const expected = detectionSeconds(pageFast, 0.999, ratio) ?? 0;
      expect(Math.abs(simulate(pageFast, ratio).fires - expected)).toBeLessThanOrEqual(1);
    }
  });
});

describe("reset", () => {
  it("after a full outage follows the short window", () => {
    const seconds = all.map((tier) => resetSeconds(tier, 0.999, 1));
    expect(seconds).toEqual([295.68, 29.82 * MINUTE, 119.64 * MINUTE, 21_578.4]);
  });

  it("after 5 % is a little quicker", () => {
    const seconds = all.map((tier) => resetSeconds(tier, 0.999, 0.05));
    expect(seconds).toEqual([213.6, 26.4 * MINUTE, 112.8 * MINUTE, 352.8 * MINUTE]);
  });

  it("would take nearly the long window without the short one", () => {
    const hours = all.map((tier) => (resetSecondsOfLongWindow(tier, 0.999, 1) ?? 0) / HOUR);
    expect(hours.map((value) => Number(value.toFixed(2)))).toEqual([0.99, 5.96, 23.93, 71.93]);
  });

  it("has no meaning where nothing fired", () => {
    expect(resetSeconds(pageFast, 0.999, 0.01)).toBeUndefined();
  });

  it("agrees with a simulation in steps of a second", () => {
    for (const ratio of [1, 0.05]) {
      const expected = resetSeconds(pageFast, 0.999, ratio) ?? 0;
      expect(Math.abs(simulate(pageFast, ratio).clears - expected)).toBeLessThanOrEqual(1);
    }
  });
});

describe("reachability", () => {
  it("needs a target above 1 - 1/f", () => {
    const lowest = [14.4, 6, 3, 1, 0.5].map((factor) =>
      Number((lowestReachableTarget(factor) * 100).toFixed(2)),
    );
    expect(lowest).toEqual([93.06, 83.33, 66.67, 0, 0]);
  });

  it("is lost at exactly that target", () => {
    expect(canFire(4, 0.75)).toBe(false);
    expect(canFire(4, 0.7501)).toBe(true);
  });
});

/** One event a second: clean, then bad at a ratio for two long windows, then clean. When the tier fires and clears. */
function simulate(tier: Tier, errorRatio: number): { fires: number; clears: number } {
  const threshold = errorThreshold(tier.factor, 0.999);
  const start = tier.longSeconds;
  const end = start + 2 * tier.longSeconds;
  const bad = (until: number): number => errorRatio * Math.min(Math.max(until - start, 0), end - start);
  const above = (now: number): boolean =>
    [tier.longSeconds, tier.shortSeconds].every(
      (window) => (bad(now) - bad(now - window)) / window > threshold,
    );
  let fires = start;
  while (!above(fires)) fires += 1;
  let clears = end;
  while (above(clears)) clears += 1;
  return { fires: fires - start, clears: clears - end };
}
