import { describe, expect, it } from "vitest";
import { burstMultiplier, inBurst } from "./bursts.ts";
import { defaultBursts } from "./traffic.ts";

const START = Date.parse("2026-11-20T00:00:00Z") / 1000;
const DAY = 86_400;

/** The share of time that is burst, looked at every second for some days. */
function burstShare(seed: number, days: number, bursts = defaultBursts): number {
  let seconds = 0;
  for (let at = START; at < START + days * DAY; at += 1) if (inBurst(at, bursts, seed)) seconds += 1;
  return seconds / (days * DAY);
}

describe("bursts", () => {
  it("take 2 % of the time", () => {
    expect(burstShare(1, 14)).toBeCloseTo(0.02, 2);
    expect(Math.abs(burstShare(1, 14) / 0.02 - 1)).toBeLessThan(0.1);
  });

  it("are off and on for whole cycles, five-fold while on", () => {
    const multipliers = Array.from({ length: DAY }, (_, second) =>
      burstMultiplier(START + second, defaultBursts, 3),
    );
    expect(new Set(multipliers)).toEqual(new Set([1, 5]));
    for (let cycle = 0; cycle < DAY; cycle += 30) {
      expect(new Set(multipliers.slice(cycle, cycle + 30)).size).toBe(1);
    }
  });

  it("last for their own length when that is shorter than the cycle", () => {
    const certain = { ...defaultBursts, probability: 1, cycleSeconds: 60, seconds: 10 };
    expect([0, 9.9, 10, 59, 60, 69.9, 70].map((second) => inBurst(second, certain, 1))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it("never come when their probability is 0", () => {
    expect(burstShare(1, 1, { ...defaultBursts, probability: 0 })).toBe(0);
  });

  it("are the same for the same seed and others for another", () => {
    const cyclesOf = (seed: number) =>
      Array.from({ length: 5000 }, (_, cycle) => inBurst(START + cycle * 30, defaultBursts, seed));
    expect(cyclesOf(11)).toEqual(cyclesOf(11));
    expect(cyclesOf(11)).not.toEqual(cyclesOf(12));
  });
});
