import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, parseDuration } from "../duration.ts";
import { availability } from "../emit/lab-slos.ts";
import { constructions } from "../windows.ts";
import type { RecordingRule } from "./rule.ts";
import { longCounts, mediumCounts, tileRules } from "./windows-above-an-hour.ts";

const slo = availability("order");
const slideEvery = constructions.medium.intervalSeconds;
const tileEvery = constructions.long.intervalSeconds;

/** Both ends of the range that a rule reads, in seconds before it is evaluated; the older end first. */
function rangeOf(rules: readonly RecordingRule[]): readonly [number, number] {
  const [, range = "", offset = "0s"] = /\[(\w+)\](?: offset (\w+))?/.exec(rules[0]?.expr ?? "") ?? [];
  return [parseDuration(range) + parseDuration(offset), parseDuration(offset)];
}

/**
 * How many samples lie in the range, when the newest sample before the evaluation is so many seconds old.
 *
 * @param closed as Prometheus 2 takes the older end; Prometheus 3 leaves out a sample that lies on it.
 */
function samplesIn(
  [older, newer]: readonly [number, number],
  every: number,
  age: number,
  closed: boolean,
): number {
  const ages = Array.from({ length: Math.ceil(older / every) + 1 }, (_, index) => age + index * every);
  return ages.filter((at) => at >= newer && (closed ? at <= older : at < older)).length;
}

describe.each([
  ["Prometheus 2", true],
  ["Prometheus 3", false],
])("on %s", (_, closed) => {
  // Other groups are evaluated at moments of their own; only exactly half a minute would meet the ends of a range.
  it.each([0, 7, 15, 29.9, 30.1, 45, 59])(
    "a medium window has each of its slides, %d s old ones too",
    (age) => {
      for (const window of [2 * HOUR, 6 * HOUR, 12 * HOUR])
        expect(samplesIn(rangeOf(mediumCounts(slo, window)), slideEvery, age, closed)).toBe(
          (window - HOUR) / MINUTE,
        );
    },
  );

  it.each([0, 7, 15, 29.9, 30.1, 45, 59])("a tile has four slides, %d s old ones too", (age) => {
    expect(samplesIn(rangeOf(tileRules(slo)), slideEvery, age, closed)).toBe(tileEvery / slideEvery);
  });

  it("a long window has each of its tiles, which are recorded just before it", () => {
    for (const window of [DAY, 3 * DAY, 30 * DAY])
      expect(samplesIn(rangeOf(longCounts(slo, window)), tileEvery, 0, closed)).toBe(
        (window - HOUR) / tileEvery,
      );
  });
});
