import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "./duration.ts";
import { constructionOf, constructions, defaultTiers, groupOf, isPage, tiersFor } from "./windows.ts";

describe("tiersFor", () => {
  it.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.933333333333]],
    [7, [3.36, 1.4, 0.7, 0.233333333333]],
    [90, [43.2, 18, 9, 3]],
  ])("computes the factors of a period of %d days", (days, factors) => {
    expect(tiersFor(defaultTiers, days * DAY).map((tier) => tier.factor)).toEqual(factors);
  });

  it("keeps everything else of a tier", () => {
    expect(tiersFor(defaultTiers, 30 * DAY)[0]).toEqual({ ...defaultTiers[0], factor: 14.4 });
  });
});

describe("the default tiers", () => {
  it("look at a twelfth of the long window for a reset", () => {
    expect(defaultTiers.map((tier) => tier.longSeconds / tier.shortSeconds)).toEqual([12, 12, 12, 12]);
  });

  it("page for the two fastest only", () => {
    expect(defaultTiers.map((tier) => tier.severity)).toEqual(["critical", "critical", "warning", "warning"]);
    expect(defaultTiers.filter(isPage).map(({ name }) => name)).toEqual(["page-fast", "page-slow"]);
  });

  it("leave every other severity, and none, to whoever reads tickets", () => {
    for (const severity of ["warning", "error", "info", "none", "", null, undefined])
      expect(isPage({ severity })).toBe(false);
  });
});

describe("constructionOf", () => {
  it.each([
    [15, "short"],
    [HOUR, "short"],
    [HOUR + MINUTE, "medium"],
    [6 * HOUR, "medium"],
    [DAY - MINUTE, "medium"],
    [DAY, "long"],
    [90 * DAY, "long"],
  ])("counts %d s by its length", (seconds, construction) => {
    expect(constructionOf(seconds)).toBe(construction);
  });

  it("refuses what no count adds up to", () => {
    expect(() => constructionOf(DAY + MINUTE)).toThrow(
      new RangeError("window 1d1m: a window of a day or more must be a multiple of 4m"),
    );
  });

  it("evaluates every group within the five minutes that Prometheus looks back", () => {
    for (const { intervalSeconds } of Object.values(constructions)) expect(intervalSeconds).toBeLessThan(300);
  });
});

describe("groupOf", () => {
  it("evaluates what a page looks at as often as the raw windows, and all else by its length", () => {
    const groups = [HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY].map((window) => groupOf(window, defaultTiers));
    expect(groups).toEqual(["short", "medium", "short", "long", "long"]);
    expect(groupOf(6 * HOUR, [])).toBe("medium");
  });
});
