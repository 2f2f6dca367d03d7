import { describe, expect, it } from "vitest";
import { dayMultiplier, diurnalMultiplier } from "./diurnal.ts";
import { defaultDay } from "./traffic.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Days since the epoch; 1970-01-01 was a Thursday. */
const THURSDAY = 0;
const FRIDAY = 1;
const SATURDAY = 2;
const SUNDAY = 3;
const MONDAY = 4;

describe("the curve of a day", () => {
  it("is 1 at noon by default", () => {
    expect(diurnalMultiplier(12, defaultDay)).toBe(1);
  });

  it("is lowest, at 0.2, at midnight and not at 03:00 as the reference says", () => {
    expect(diurnalMultiplier(0, defaultDay)).toBeCloseTo(0.2, 12);
    expect(diurnalMultiplier(24, defaultDay)).toBeCloseTo(0.2, 12);
    expect(diurnalMultiplier(3, defaultDay)).toBeCloseTo(0.3172, 4);
  });

  it("passes 0.6 six hours from the peak, on both sides", () => {
    expect(diurnalMultiplier(6, defaultDay)).toBeCloseTo(0.6, 12);
    expect(diurnalMultiplier(18, defaultDay)).toBeCloseTo(0.6, 12);
  });

  it("moves its minimum with the peak hour, 12 hours away", () => {
    const evening = { ...defaultDay, peakHour: 15 };
    expect(diurnalMultiplier(15, evening)).toBe(1);
    expect(diurnalMultiplier(3, evening)).toBeCloseTo(0.2, 12);
  });

  it("takes the lowest share from its data", () => {
    expect(diurnalMultiplier(0, { peakHour: 12, trough: 0.5 })).toBeCloseTo(0.5, 12);
  });
});

describe("the days of a week", () => {
  it("multiplies Saturday and Sunday, and no other day, by the weekend factor", () => {
    const noonOf = (day: number) => dayMultiplier(day * DAY + 12 * HOUR, defaultDay);
    expect([THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY].map(noonOf)).toEqual([1, 1, 0.7, 0.7, 1]);
  });

  it("follows the calendar far from the epoch", () => {
    const noonUtc = (date: string) => dayMultiplier(Date.parse(`${date}T12:00:00Z`) / 1000, defaultDay);
    expect(noonUtc("2026-11-20")).toBe(1);
    expect(noonUtc("2026-11-21")).toBe(0.7);
    expect(noonUtc("2026-11-22")).toBe(0.7);
    expect(noonUtc("2026-11-23")).toBe(1);
  });

  it("replays a day of one hour 24 times as fast", () => {
    const quick = { ...defaultDay, lengthSeconds: HOUR };
    expect(dayMultiplier(HOUR / 2, quick)).toBe(1);
    expect(dayMultiplier(0, quick)).toBeCloseTo(0.2, 12);
    expect(dayMultiplier(SATURDAY * HOUR + HOUR / 2, quick)).toBe(0.7);
  });
});
