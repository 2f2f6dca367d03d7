import { describe, expect, it } from "vitest";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import { countedCrossing } from "./counted.ts";

const FAULT_ON = Date.parse("2026-01-05T08:00:00.400Z");
const SCALE = 30;
/** One scrape a second, a quarter after it. */
const scrapeBefore = (at: number): number => Math.floor(at / 1000 - 0.25) + 0.25;

/** Counters of 10 events a second since always, as they were at the last scrape before each moment that is asked for. */
function reader(badSince: (seconds: number) => number): PrometheusReader {
  return {
    value: () => Promise.reject(new Error("nobody asks for one value")),
    range: (expression, fromMs, toMs, step) => {
      const count = Math.floor(Math.min(toMs - fromMs, 1_600_000) / 1000 / step);
      const samples = Array.from({ length: count }, (_, index) => fromMs + index * step * 1000).map((at) => {
        const scrape = scrapeBefore(at);
        const seconds = scrape - FAULT_ON / 1000;
        if (expression.startsWith("max(timestamp(")) return { at, value: scrape };
        const bad = badSince(seconds);
        return {
          at,
          value: expression.includes("5..") || expression.includes(" - ") ? bad : 1e6 + 10 * seconds,
        };
      });
      return Promise.resolve(samples);
    },
  };
}

describe("a crossing by the events that came", () => {
  it("is where the counters of the window say, between two scrapes", async () => {
    // 0.6 % of the 720 s window's 7,200 events are 43.2 bad ones: at 0.1 a second, 432 s after the fault.
    const even = reader((seconds) => Math.max(0, seconds) * 0.1);
    const found = await countedCrossing(even, "user-availability", FAULT_ON, SCALE);
    expect(found?.tier).toBe("page-slow");
    expect(found?.crosses).toBeCloseTo(432, 1);
  });

  it("is earlier when chance brought more bad events", async () => {
    const lucky = reader(
      (seconds) => Math.max(0, seconds) * 0.1 + Math.max(0, Math.min(seconds, 100)) * 0.03,
    );
    const found = await countedCrossing(lucky, "user-availability", FAULT_ON, SCALE);
    expect(found?.crosses).toBeCloseTo(402, 1);
  });

  it("counts what is not good of a latency SLO", async () => {
    const slow = reader((seconds) => Math.max(0, seconds));
    const found = await countedCrossing(slow, "user-latency", FAULT_ON, SCALE);
    // 6 % of 7,200.
    expect(found).toMatchObject({ tier: "page-slow" });
    expect(found?.crosses).toBeCloseTo(432, 1);
  });

  it("is none when too few came, and refuses an SLO that is not there", async () => {
    const few = reader((seconds) => Math.max(0, seconds) * 0.01);
    expect(await countedCrossing(few, "user-availability", FAULT_ON, SCALE)).toBeUndefined();
    await expect(countedCrossing(few, "nobody-latency", FAULT_ON, SCALE)).rejects.toThrow("nobody-latency");
  });
});
