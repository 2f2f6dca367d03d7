import { describe, expect, it } from "vitest";
import { normal, seededRandom, uniform, weighted } from "./random.ts";

const draw = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("seededRandom", () => {
  it("repeats itself for equal seeds and streams", () => {
    expect(draw(5, seededRandom(7, "a"))).toEqual(draw(5, seededRandom(7, "a")));
  });

  it("gives each seed and each stream a sequence of its own", () => {
    const sequences = [
      seededRandom(7, "a"),
      seededRandom(8, "a"),
      seededRandom(7, "b"),
      seededRandom(-7, "a"),
    ];
    expect(new Set(sequences.map((random) => random())).size).toBe(4);
  });

  it("does not change its sequence from one release to the next", () => {
    expect(draw(3, seededRandom(42))).toMatchInlineSnapshot(`
      [
        0.9391368448268622,
        0.9820368781220168,
        0.41940781846642494,
      ]
    `);
  });

  it("is spread evenly", () => {
    const buckets = draw(10, () => 0);
    const random = seededRandom(1);
    for (let drawn = 0; drawn < 100_000; drawn += 1) {
      const bucket = Math.floor(random() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe("distributions", () => {
  it("draws a normal distribution with its mean and its standard deviation", () => {
    const random = seededRandom(1);
    const values = draw(50_000, () => normal(random, 100, 15));
    expect(mean(values)).toBeCloseTo(100, 0);
    expect(Math.sqrt(mean(values.map((value) => (value - 100) ** 2)))).toBeCloseTo(15, 0);
  });

  it("draws between two numbers", () => {
    const random = seededRandom(1);
    const values = draw(1000, () => uniform(random, 3, 10));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...values)).toBeLessThan(10);
  });

  it("draws from a table as often as the weights say", () => {
    const random = seededRandom(1);
    const drawn = draw(20_000, () =>
      weighted(random, [
        ["a", 3],
        ["b", 1],
        ["never", 0],
      ]),
    );
    expect(drawn.filter((value) => value === "a").length / drawn.length).toBeCloseTo(0.75, 1);
    expect(drawn).not.toContain("never");
  });

  it("refuses an empty table", () => {
    expect(() => weighted(seededRandom(1), [])).toThrow("weighted() needs at least one value");
  });
});
