import { describe, expect, it } from "vitest";
import { ARRIVALS_PER_GROUP, arrivals } from "./arrivals.ts";
import { expectedRequests } from "./rate.ts";
import { seededRandom } from "../services/kit/random.ts";
import type { RateCurve } from "./rate.ts";

const FROM = Date.parse("2026-11-20T12:00:00Z") + 137;
const steady: RateCurve = () => 200;

/** The arrivals of a period, in milliseconds since its beginning. */
function take(rateAt: RateCurve, seed: number, milliseconds: number): number[] {
  const found: number[] = [];
  for (const at of arrivals(rateAt, FROM, seededRandom(seed, "times"))) {
    if (at - FROM >= milliseconds) return found;
    found.push(at - FROM);
  }
  return found;
}

describe("arrivals", () => {
  it("come at 200 a second for 5 minutes within one group of 60,000", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const count = take(steady, seed, 300_000).length;
      expect(Math.abs(count - 60_000)).toBeLessThanOrEqual(ARRIVALS_PER_GROUP);
    }
  });

  it("never stray from the integral of a changing rate by more than one group", () => {
    const ramp: RateCurve = (at) => 20 + (at - FROM) / 100;
    const times = take(ramp, 9, 60_000);
    for (const seconds of [1, 7, 20, 41, 60]) {
      const count = times.filter((at) => at < seconds * 1000).length;
      const expected = expectedRequests(ramp, FROM, FROM + seconds * 1000);
      expect(Math.abs(count - expected)).toBeLessThanOrEqual(ARRIVALS_PER_GROUP);
    }
  });

  it("are in order and not before the beginning", () => {
    const times = take(steady, 3, 20_000);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(0);
  });

  it("clump as independent clients do: gaps spread about as far as their mean", () => {
    const times = take(steady, 4, 60_000);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(5, 1);
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.85);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.1);
  });

  it("are the same for the same seed and others for another", () => {
    expect(take(steady, 7, 5000)).toEqual(take(steady, 7, 5000));
    expect(take(steady, 7, 5000)).not.toEqual(take(steady, 8, 5000));
  });

  it("pause while the rate is 0 and go on after it", () => {
    const gap: RateCurve = (at) => (at - FROM >= 1000 && at - FROM < 9000 ? 0 : 100);
    const times = take(gap, 1, 10_000);
    expect(times.filter((at) => at > 1250 && at < 8750)).toEqual([]);
    expect(times.at(-1)).toBeGreaterThan(9000);
  });
});
