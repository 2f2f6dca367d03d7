import { describe, expect, it } from "vitest";
import { onGrid, rateInterval, readRange, stepFor } from "./time-range.ts";

const now = new Date("2026-11-28T12:34:56Z");
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

describe("a time range", () => {
  it.each([
    ["now-6h", "now", "2026-11-28T06:34:56", "2026-11-28T12:34:56"],
    ["now-1d/d", "now-1d/d", "2026-11-27T00:00:00", "2026-11-28T00:00:00"],
    ["now/h", "now", "2026-11-28T12:00:00", "2026-11-28T12:34:56"],
    ["1764288000000", "1764291600000", "2025-11-28T00:00:00", "2025-11-28T01:00:00"],
    ["2026-11-28", "2026-11-28T10:00:00", "2026-11-28T00:00:00", "2026-11-28T10:00:00"],
    ["2026-11-28T10:00:00+01:00", "now", "2026-11-28T09:00:00", "2026-11-28T12:34:56"],
  ])("from %s to %s is read", (from, to, start, end) => {
    const range = readRange(from, to, now);
    expect([iso(range.from), iso(range.to)]).toEqual([start, end]);
    expect(range.words).toEqual({ from, to });
  });

  it.each([
    [
      "yesterday",
      "now",
      'from: got "yesterday", want a time such as now-6h, now-1d/d, 1764000000000 (ms) or 2026-11-28T12:00:00Z',
    ],
    ["now", "now-1h", "from now to now-1h: want a range of at least 10 s, forwards"],
    ["now-9000d", "now", "from now-9000d to now: want a range of at most 400d"],
  ])("from %s to %s is refused", (from, to, message) => {
    expect(() => readRange(from, to, now)).toThrow(new RangeError(message));
  });
});

it.each([
  ["now-15m", 400, 0, 5],
  ["now-1h", 400, 0, 10],
  ["now-6h", 400, 0, 60],
  ["now-6h", 400, 300, 300],
  ["now-30d", 400, 0, 7200],
])("from %s with %i points at most, %i s at least, has a step of %i s", (from, most, shortest, step) => {
  expect(stepFor(readRange(from, "now", now), most, shortest)).toBe(step);
});

it.each([
  ["now-1h", 5, "11:34:55", "12:34:55"],
  ["now-1h", 60, "11:34:45", "12:34:45"],
  ["now-6h", 300, "06:34:45", "12:34:45"],
])("from %s, a step of %i s has its points from %s to %s", (from, step, first, last) => {
  const { start, end } = onGrid(readRange(from, "now", now), step);
  expect([iso(start), iso(end)]).toEqual([`2026-11-28T${first}`, `2026-11-28T${last}`]);
});

it.each([
  [5, 15, 60],
  [60, 15, 75],
  [30, 60, 240],
])("a step of %i s over scrapes of %i s makes a rate interval of %i s", (step, scrape, seconds) => {
  expect(rateInterval(step, scrape)).toBe(seconds);
});
