import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../duration.ts";
import {
  allowedBadSlices,
  badSliceRatio,
  sliceCount,
  sliceDetectionSeconds,
  sliceResetSeconds,
} from "./slices.ts";

const pageFast = { factor: 14.4, longSeconds: HOUR, shortSeconds: 5 * MINUTE };

describe("time slices", () => {
  it("of a minute are 10,080 in a week, of which 99.95 % leave 5.04", () => {
    expect(sliceCount(7 * DAY, MINUTE)).toBe(10_080);
    expect(allowedBadSlices(0.9995, 10_080)).toBe(5.04);
  });

  it("of a minute are 20,160 in two weeks, of which 95 % leave 16 h 48 min", () => {
    expect(allowedBadSlices(0.95, sliceCount(14 * DAY, MINUTE))).toBe(16 * 60 + 48);
  });

  it("are fewer on the day when clocks go forward, and more when they go back", () => {
    expect([23, 24, 25].map((hours) => sliceCount(hours * HOUR, MINUTE))).toEqual([1380, 1440, 1500]);
  });

  it("are bad when the good share misses the slice target, and good when it just reaches it", () => {
    expect(badSliceRatio(0.05, 0.95)).toBe(0);
    expect(badSliceRatio(0.0501, 0.95)).toBe(1);
  });

  it("fire with the first whole slice that is too many", () => {
    // 1.44 % of 60 slices are 0.864: one bad slice is above that.
    expect(sliceDetectionSeconds(pageFast, 0.999, MINUTE)).toBe(MINUTE);
    // 14.4 % of 60 slices are 8.64: the ninth.
    expect(sliceDetectionSeconds(pageFast, 0.99, MINUTE)).toBe(9 * MINUTE);
    expect(sliceDetectionSeconds(pageFast, 0.9, MINUTE)).toBeUndefined();
  });

  it("clear when so few are left in the short window", () => {
    expect(sliceResetSeconds(pageFast, 0.999, MINUTE)).toBe(5 * MINUTE);
    // 72 % of 5 slices are 3.6: with three bad ones left it is over.
    expect(sliceResetSeconds(pageFast, 0.95, MINUTE)).toBe(2 * MINUTE);
    expect(sliceResetSeconds(pageFast, 0.9, MINUTE)).toBeUndefined();
  });
});
