import { describe, expect, it } from "vitest";
import { latencySampler, spend } from "./latency.ts";
import { seededRandom } from "./random.ts";

function samples(model: { mean: number; sigma: number; tail: number }): number[] {
  const sample = latencySampler(seededRandom(1), model);
  return Array.from({ length: 50_000 }, sample);
}
const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe("latencySampler", () => {
  it("jitters around the mean", () => {
    const values = samples({ mean: 150, sigma: 25, tail: 0 });
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(150, 0);
    expect(share(values, (value) => Math.abs(value - 150) < 50)).toBeCloseTo(0.954, 2);
  });

  it("sends the tail's share 3 to 10 times as far", () => {
    const values = samples({ mean: 100, sigma: 0, tail: 0.02 });
    expect(share(values, (value) => value >= 300 && value <= 1000)).toBeCloseTo(0.02, 3);
    expect(share(values, (value) => value === 100)).toBeCloseTo(0.98, 3);
  });

  it("never takes less than a tenth of the mean", () => {
    expect(Math.min(...samples({ mean: 10, sigma: 100, tail: 0 }))).toBe(1);
  });
});

describe("spend", () => {
  it("makes no timer for nothing", async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const spent = spend(0);
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout")).toHaveLength(before);
    await spent;
  });
});
