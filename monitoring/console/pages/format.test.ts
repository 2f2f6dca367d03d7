import { describe, expect, it } from "vitest";
import { ago, count, percent, percentLike, span, times, wholePercent } from "./format.ts";

describe("shares", () => {
  it("are printed with the digits that they have", () => {
    expect([0.999, 0.99, 0.9995, 1].map(percent)).toEqual(["99.9 %", "99 %", "99.95 %", "100 %"]);
    expect(percent(null)).toBe("–");
  });

  it("are told from their objective by two digits more", () => {
    expect(percentLike(0.99847, 0.999)).toBe("99.847 %");
    expect(percentLike(0.9962, 0.99)).toBe("99.62 %");
    expect(percentLike(null, 0.99)).toBe("–");
  });

  it("of a budget are whole, and carry a true minus", () => {
    expect([0.51, -0.53, 1, 0, 0.013, -0.004].map(wholePercent)).toEqual([
      "51 %",
      "−53 %",
      "100 %",
      "0 %",
      "1.3 %",
      "−0.4 %",
    ]);
  });
});

it("prints burn rates with two significant digits", () => {
  expect([231, 14.4, 1.5, 0.4, 0.02, 0].map(times)).toEqual(["231×", "14×", "1.5×", "0.40×", "0.02×", "0×"]);
  expect(times(null)).toBe("–");
});

it("prints durations in their two largest units", () => {
  expect([0, 59.6, 90, 3600, 187_200].map(span)).toEqual(["0 s", "1 min", "1 min 30 s", "1 h", "2 d 4 h"]);
});

it("prints ages in their largest unit, and never a negative one", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const before = (seconds: number) => ago(new Date(now.getTime() - seconds * 1000), now);
  expect([0, 59, 60, 7200, 200_000, -5].map(before)).toEqual([
    "0 s ago",
    "59 s ago",
    "1 min ago",
    "2 h ago",
    "2 d ago",
    "0 s ago",
  ]);
});

it("groups the digits of counts", () => {
  expect([12_408_123, 0.4].map(count)).toEqual(["12 408 123", "0"]);
});
