import { describe, expect, it } from "vitest";
import { memoryVerdict } from "./memory-verdict.ts";
import type { MemorySample } from "./memory-verdict.ts";

/** Five minutes, a sample every two seconds. */
function run(megabytesAt: (seconds: number) => number): MemorySample[] {
  return Array.from({ length: 151 }, (_, index) => ({
    seconds: index * 2,
    megabytes: megabytesAt(index * 2),
  }));
}

describe("the verdict on a process's memory", () => {
  it("is good for a process that warms up and then saws up and down under the limit", () => {
    const verdict = memoryVerdict(
      run((seconds) => 70 + 20 * (1 - Math.exp(-seconds / 20)) + (seconds % 14) / 2),
    );
    expect(verdict.problems).toEqual([]);
    expect(verdict.atSteady).toBeCloseTo(91, 0);
    expect(Math.abs(verdict.megabytesPerMinute)).toBeLessThan(0.5);
  });

  it("tells a slow leak by its trend", () => {
    const verdict = memoryVerdict(run((seconds) => 60 + (seconds / 60) * 2.5));
    expect(verdict.megabytesPerMinute).toBeCloseTo(2.5, 6);
    expect(verdict.problems).toEqual(["grew by 6.3 MB in the second half, want under 5"]);
  });

  it("tells a process that was too big once", () => {
    const verdict = memoryVerdict(run((seconds) => (seconds === 100 ? 120.04 : 90)));
    expect(verdict.problems).toEqual(["reached 120.0 MB, want under 120"]);
    expect(verdict.highest).toBe(120.04);
    expect(verdict.atEnd).toBe(90);
  });
});
