import { describe, expect, it } from "vitest";
import { countedCrossing } from "./counted.ts";
import { counters } from "./testing.ts";

const FAULT_ON = Date.parse("2026-01-05T08:00:00.400Z");
const SCALE = 30;
const reader = (badSince: (seconds: number) => number) => counters(FAULT_ON, badSince);

describe("a crossing by the events that came", () => {
  it("is where the counters of the window say, between two scrapes", async () => {
    // 0.6 % of the 720 s window's 7,200 events are 43.2 bad ones: at 0.1 a second, 432 s after the fault.
    const even = reader((seconds) => Math.max(0, seconds) * 0.1);
    const found = await countedCrossing(even, "user-availability", FAULT_ON, SCALE);
    expect(found?.tier).toBe("page-slow");
    expect(found?.crosses).toBeCloseTo(432, 1);
    // Two scrapes, and twice 0.111 events for the root of 43.2 at 0.1 a second.
    expect(found?.within).toBeCloseTo(2 + 14.6, 1);
  });

  it("is known to two scrapes where the window is read from the counters themselves", async () => {
    const fast = reader((seconds) => Math.max(0, seconds) * 0.5);
    const found = await countedCrossing(fast, "user-availability", FAULT_ON, SCALE);
    expect(found).toMatchObject({ tier: "page-fast", within: 2 });
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
