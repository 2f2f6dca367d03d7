import { describe, expect, it } from "vitest";
import { expectedRequests, rateCurve, rateSlices } from "./rate.ts";
import { defaultBursts, defaultDay } from "./traffic.ts";

const flat = { day: null, bursts: null };
/** A Friday. */
const FRIDAY_NOON_UTC = Date.parse("2026-11-20T12:00:00Z");
const inUtc = () => 0;

describe("the rate over time", () => {
  it("is the base rate, always, when the model is flat", () => {
    const rateAt = rateCurve({ rps: 200, model: flat, seed: 1 });
    expect([0, FRIDAY_NOON_UTC, FRIDAY_NOON_UTC + 43_200_000].map(rateAt)).toEqual([200, 200, 200]);
  });

  it("takes the hour from the local clock, not from UTC", () => {
    const model = { day: defaultDay, bursts: null };
    const rateIn = (hours: number) =>
      rateCurve({ rps: 100, model, seed: 1, utcOffsetSeconds: () => hours * 3600 })(FRIDAY_NOON_UTC);
    expect(rateIn(0)).toBe(100);
    expect(rateIn(6)).toBeCloseTo(60, 9);
    expect(rateIn(-12)).toBeCloseTo(20, 9);
  });

  it("multiplies day, weekend and burst", () => {
    const always = { ...defaultBursts, probability: 1 };
    const model = { day: { ...defaultDay, weekend: 0.5 }, bursts: always };
    const saturdayNoon = FRIDAY_NOON_UTC + 86_400_000;
    expect(rateCurve({ rps: 10, model, seed: 1, utcOffsetSeconds: inUtc })(saturdayNoon)).toBe(25);
  });
});

describe("adding the rate up", () => {
  it("gives rate times time for a constant rate, also between grid lines", () => {
    const rateAt = () => 40;
    expect(expectedRequests(rateAt, 1_000_123.4, 1_090_123.4)).toBeCloseTo(3600, 6);
  });

  it("gives nothing for no time", () => {
    expect(expectedRequests(() => 40, 1000, 1000)).toBe(0);
  });

  it("gives 0.6 of the base over a whole weekday: the mean of the curve", () => {
    const rateAt = rateCurve({
      rps: 1,
      model: { day: defaultDay, bursts: null },
      seed: 1,
      utcOffsetSeconds: inUtc,
    });
    const midnight = Date.parse("2026-11-20T00:00:00Z");
    expect(expectedRequests(rateAt, midnight, midnight + 86_400_000) / 86_400).toBeCloseTo(0.6, 5);
  });

  it("cuts at the same grid lines wherever it begins", () => {
    const slices = rateSlices(() => 1, 1_000_100);
    expect([slices.next().value, slices.next().value]).toEqual([
      { start: 1_000_100, end: 1_000_250, rate: 1 },
      { start: 1_000_250, end: 1_000_500, rate: 1 },
    ]);
  });
});
