import { describe, expect, it } from "vitest";
import { calendarPeriod } from "./calendar.ts";
import type { CalendarWindow } from "./calendar.ts";

function period(
  count: number,
  unit: CalendarWindow["unit"],
  start: string,
  timeZone: string,
  at: string,
): string {
  const window = { kind: "calendar", count, unit, start, timeZone, seconds: 0 } as const;
  const found = calendarPeriod(window, Date.parse(at) / 1000);
  const print = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16);
  return `${print(found.start)} ${print(found.end)} ${(found.end - found.start) / 3600} h`;
}

describe("calendarPeriod", () => {
  it("gives February 28 days", () => {
    const found = period(1, "M", "2026-02-01 00:00:00", "UTC", "2026-02-11T00:00:00Z");
    expect(found).toBe("2026-02-01T00:00 2026-03-01T00:00 672 h");
  });

  it("gives the day when clocks go forward 23 hours", () => {
    const found = period(1, "d", "2026-01-01 00:00:00", "America/New_York", "2026-03-08T12:00:00Z");
    expect(found).toBe("2026-03-08T05:00 2026-03-09T04:00 23 h");
  });

  it("gives the day when clocks go back 25 hours", () => {
    const found = period(1, "d", "2026-01-01 00:00:00", "America/New_York", "2026-11-01T12:00:00Z");
    expect(found).toBe("2026-11-01T04:00 2026-11-02T05:00 25 h");
  });

  it("moves a start that the clocks skip an hour on", () => {
    const found = period(1, "d", "2026-01-01 02:30:00", "America/New_York", "2026-03-08T12:00:00Z");
    expect(found).toBe("2026-03-08T07:30 2026-03-09T06:30 23 h");
  });

  it("starts on the last day of a month that is too short, and on the 31st again after it", () => {
    const february = period(1, "M", "2026-01-31 00:00:00", "UTC", "2026-02-11T00:00:00Z");
    const march = period(1, "M", "2026-01-31 00:00:00", "UTC", "2026-03-30T00:00:00Z");
    expect(february).toBe("2026-01-31T00:00 2026-02-28T00:00 672 h");
    expect(march).toBe("2026-02-28T00:00 2026-03-31T00:00 744 h");
  });

  it("counts weeks from their start, at the local hour", () => {
    const found = period(1, "w", "2022-01-01 12:00:00", "America/New_York", "2026-11-20T12:00:00Z");
    expect(found).toBe("2026-11-14T17:00 2026-11-21T17:00 168 h");
  });

  it("finds periods before the start that is given", () => {
    const found = period(1, "Q", "2026-01-01 00:00:00", "Europe/Berlin", "2024-02-20T12:00:00Z");
    expect(found).toBe("2023-12-31T23:00 2024-03-31T22:00 2183 h");
  });

  it("gives a leap year 366 days, in a zone of half an hour", () => {
    const found = period(1, "Y", "2026-01-01 00:00:00", "Asia/Kolkata", "2028-02-20T12:00:00Z");
    expect(found).toBe("2027-12-31T18:30 2028-12-31T18:30 8784 h");
  });

  it("belongs to the period that begins at the moment", () => {
    const found = period(2, "M", "2026-01-01 00:00:00", "UTC", "2026-03-01T00:00:00Z");
    expect(found).toBe("2026-03-01T00:00 2026-05-01T00:00 1464 h");
  });
});
