import { describe, expect, it } from "vitest";
import { sessionsAt } from "./sessions.ts";

const HOUR = 3_600_000;
/** Milliseconds since 1970 of an hour of a local day. */
const local = (hour: number): number => new Date(2026, 0, 15, 0).getTime() + hour * HOUR;

describe("sessionsAt", () => {
  it("is highest at the peak hour and lowest twelve hours later", () => {
    const day = { peakHour: 14, dayLength: 24 * HOUR };
    expect(sessionsAt(local(14), day)).toBeCloseTo(900, 5);
    expect(sessionsAt(local(2), day)).toBeCloseTo(120, 5);
    expect(sessionsAt(local(8), day)).toBeCloseTo(510, 5);
  });

  it("runs through a shorter day faster", () => {
    const day = { peakHour: 12, dayLength: HOUR };
    expect(sessionsAt(local(3.5), day)).toBeCloseTo(900, 5);
    expect(sessionsAt(local(3), day)).toBeCloseTo(120, 5);
  });
});
