import { describe, expect, it } from "vitest";
import { seededRandom } from "./random.ts";
import { spaced } from "./spaced.ts";

function positions(share: number, calls: number, seed = 1): number[] {
  const next = spaced(seededRandom(seed), share);
  return Array.from({ length: calls }, (_, index) => (next() ? index + 1 : 0)).filter((at) => at > 0);
}

describe("spaced", () => {
  it("is true for the share, over many calls", () => {
    expect(positions(0.0013, 1_000_000).length / 1_000_000).toBeCloseTo(0.0013, 5);
    expect(positions(0.5, 10_000).length / 10_000).toBeCloseTo(0.5, 2);
  });

  it("is never true for more than twice the share of the calls since the start", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      positions(0.01, 1000, seed).forEach((at, index) => {
        expect((index + 1) / at).toBeLessThanOrEqual(0.02);
      });
    }
  });

  it("leaves irregular gaps of half the mean to one and a half", () => {
    const at = positions(0.01, 100_000);
    const gaps = at.slice(1).map((position, index) => position - (at[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(151);
    expect(new Set(gaps).size).toBeGreaterThan(50);
  });

  it("is never true for a share of 0", () => {
    expect(positions(0, 1000)).toEqual([]);
  });

  it("refuses a share that it cannot space", () => {
    expect(() => spaced(seededRandom(1), 0.6)).toThrow("a share must be from 0 to 0.5, got 0.6");
    expect(() => spaced(seededRandom(1), -0.1)).toThrow("a share must be from 0 to 0.5, got -0.1");
  });
});
