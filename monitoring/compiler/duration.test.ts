import { describe, expect, it } from "vitest";
import { DAY, HOUR, duration, parseDuration } from "./duration.ts";

describe("duration", () => {
  it.each([
    [3600, "1h"],
    [5400, "1h30m"],
    [30 * DAY, "30d"],
    [28 * DAY, "28d"],
    [7.5, "7s500ms"],
    [71 * HOUR - 120, "2d22h58m"],
    [0.001, "1ms"],
  ])("prints %d s as %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each([0, -5, Number.NaN])("refuses %d s", (seconds) => {
    expect(() => duration(seconds)).toThrow(
      new RangeError(`a duration must be above zero, got ${seconds} s`),
    );
  });
});

describe("parseDuration", () => {
  it.each([
    ["1h30m", 5400],
    ["-5m", -300],
    ["500ms", 0.5],
    ["4w", 28 * DAY],
    ["1y", 365 * DAY],
    ["300", 300],
    ["1.5", 1.5],
  ])("reads %s as %d s", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(["", "5", "90d"].map((text) => `${text}x`))("refuses %s", (text) => {
    expect(() => parseDuration(text)).toThrow(
      new RangeError(`got "${text}", want a duration such as 5m or 1h30m`),
    );
  });
});
