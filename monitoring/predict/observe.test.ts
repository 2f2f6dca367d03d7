import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../compiler/duration.ts";
import { defaultTiers, tiersFor } from "../compiler/windows.ts";
import { withCourse } from "./course.ts";
import { observe } from "./observe.ts";
import { predictTiers } from "./predict.ts";
import type { PrometheusReader } from "./prometheus-reader.ts";

const slo = {
  service: "order",
  slo: "order-availability",
  sli: "availability",
  target: 0.999,
  tiers: tiersFor(defaultTiers, 30 * DAY),
};
const NOW = Date.parse("2026-11-21T12:00:00Z");

/** The recorded series of an expression that asks for its last value, and how many seconds back it may lie. */
function readExpression(expression: string): { readonly series: string; readonly seconds: number } {
  const found = /^last_over_time\((.*)\{service="order",slo="order-availability"\}\[(\d+)s\]\)$/.exec(
    expression,
  );
  if (found?.[1] === undefined) throw new Error(`nobody asks for ${expression}`);
  return { series: found[1], seconds: Number(found[2]) };
}

/** How often the rules write a window, at real scale. */
const writtenEvery = (series: string): number =>
  /[13]d$/.test(series) ? 240 : series.endsWith("2h") ? 60 : 15;

/** A Prometheus whose minutes and windows hold what is given; every other minute and series is not there. */
function reader(
  minutes: (minutesAgo: number) => { readonly bad: number; readonly total: number } | undefined,
  windows: Readonly<Record<string, number>> = {},
): PrometheusReader {
  return {
    value: (expression, atMs) => {
      const { series, seconds } = readExpression(expression);
      // What is written every four minutes is nearly four minutes old when one asks in a bad moment.
      const found = atMs === NOW && seconds >= writtenEvery(series);
      return Promise.resolve(found ? windows[series] : undefined);
    },
    range: (expression, fromMs, toMs, step) => {
      const kind = readExpression(expression).series === "slo:availability:bad:increase1m" ? "bad" : "total";
      const count = Math.round((toMs - fromMs) / 1000 / step) + 1;
      const moments = Array.from({ length: count }, (_, index) => fromMs + index * step * 1000);
      const samples = moments.flatMap((at) => {
        const counts = minutes((NOW - at) / 60_000);
        return counts === undefined ? [] : [{ at, value: counts[kind] }];
      });
      return Promise.resolve(samples);
    },
  };
}

describe("what Prometheus knows of the past", () => {
  it("is told minute by minute for the newest hour, and by windows before it", async () => {
    const seen = await observe(
      reader((ago) => ({ bad: ago === 30 ? 60 : 0, total: 600 }), {
        "slo:availability:bad:increase1h": 60,
        "slo:availability:total:increase1h": 36_000,
        "slo:availability:bad:increase6h": 1860,
        "slo:availability:total:increase6h": 216_000,
      }),
      slo,
      NOW,
    );
    expect(seen).toMatchObject({ at: NOW, eventsPerSecond: 10, badShare: 0, historySeconds: 6 * HOUR });
    expect(seen.past).toHaveLength(61);
    expect(seen.past[0]).toEqual({ from: -6 * HOUR, to: -HOUR, badRate: 0.1, totalRate: 10 });
    expect(seen.past.filter(({ badRate }) => badRate > 0.1)).toEqual([
      { from: -31 * 60, to: -30 * 60, badRate: 1, totalRate: 10 },
    ]);
  });

  it("takes from the windows what was before the first recorded minute", async () => {
    const seen = await observe(
      reader((ago) => (ago < 5 ? { bad: 0, total: 600 } : undefined), {
        "slo:availability:bad:increase5m": 0,
        "slo:availability:total:increase5m": 3000,
        "slo:availability:bad:increase30m": 30,
        "slo:availability:total:increase30m": 18_000,
        "slo:availability:bad:increase1h": 30,
        "slo:availability:total:increase1h": 36_000,
      }),
      slo,
      NOW,
    );
    expect(seen.past.slice(0, 2)).toEqual([
      { from: -3600, to: -1800, badRate: 0, totalRate: 10 },
      { from: -1800, to: -300, badRate: 0.02, totalRate: 10 },
    ]);
    expect(seen.past).toHaveLength(7);
    const outage = withCourse(seen.past, { badShare: 1, eventsPerSecond: seen.eventsPerSecond });
    // 518.4 bad events may be in the hour; 30 are.
    expect(predictTiers(slo, outage)[0]?.crosses).toBeCloseTo(48.84, 6);
  });

  it("takes no burst for what is usual", async () => {
    const seen = await observe(
      reader((ago) => ({ bad: 0, total: ago === 2 ? 1800 : 600 })),
      slo,
      NOW,
    );
    expect(seen.eventsPerSecond).toBe(10);
  });

  it("takes what windows tell for usual while there are no five minutes yet", async () => {
    const loaded = {
      "slo:availability:bad:increase5m": 26,
      "slo:availability:total:increase5m": 2600,
      "slo:availability:bad:increase1h": 330,
      "slo:availability:total:increase1h": 35_600,
    };
    // The minute in which the demo was started: seconds of it had no traffic.
    const fresh = await observe(
      reader((ago) => (ago < 1 ? { bad: 2, total: 200 } : undefined), loaded),
      slo,
      NOW,
    );
    expect([fresh.eventsPerSecond, fresh.badShare]).toEqual([10, 0.01]);
    const none = await observe(
      reader(() => undefined, loaded),
      slo,
      NOW,
    );
    expect(none.eventsPerSecond).toBeCloseTo(2600 / 300, 9);
  });

  it("takes a quiet night for usual after a busy day", async () => {
    const night = await observe(
      reader((ago) => ({ bad: 0, total: ago < 20 ? 12 : 600 }), {}),
      slo,
      NOW,
    );
    expect(night.eventsPerSecond).toBe(0.2);
  });

  it("takes nothing for usual that a longer window holds more by rounding only", async () => {
    const young = await observe(
      reader((ago) => (ago < 2 ? { bad: 0, total: 600 } : undefined), {
        "slo:availability:total:increase5m": 1203,
        "slo:availability:total:increase1h": 1206,
      }),
      slo,
      NOW,
    );
    expect(young.eventsPerSecond).toBe(10);
  });

  it("knows of windows that are written every four minutes only", async () => {
    const seen = await observe(
      reader(() => ({ bad: 0, total: 600 }), {
        "slo:availability:bad:increase1h": 0,
        "slo:availability:total:increase1h": 36_000,
        "slo:availability:bad:increase3d": 0,
        "slo:availability:total:increase3d": 2_592_000,
      }),
      slo,
      NOW,
    );
    expect(seen.historySeconds).toBe(3 * DAY);
  });

  it("makes a prediction that knows of a burst in the window", async () => {
    const seen = await observe(
      reader((ago) => ({ bad: ago === 10 ? 400 : 0, total: 600 })),
      slo,
      NOW,
    );
    const timeline = withCourse(seen.past, { badShare: 1, eventsPerSecond: seen.eventsPerSecond });
    // 518.4 bad events may be in the hour; 400 are.
    expect(predictTiers(slo, timeline)[0]?.crosses).toBeCloseTo(11.84, 6);
  });

  it("is short for a young service, and nothing for one that is not there", async () => {
    const young = await observe(
      reader((ago) => (ago < 3 ? { bad: 1, total: 100 } : { bad: 0, total: 0 })),
      slo,
      NOW,
    );
    expect(young).toMatchObject({ historySeconds: 180, badShare: 0.01 });
    const none = await observe(
      reader(() => ({ bad: 0, total: 0 })),
      slo,
      NOW,
    );
    expect(none).toEqual({ at: NOW, past: [], eventsPerSecond: 0, badShare: 0, historySeconds: 0 });
  });

  it("has wider slices where time runs faster", async () => {
    const seen = await observe(
      reader(() => ({ bad: 0, total: 40 })),
      slo,
      NOW,
      60,
    );
    expect(seen.past).toHaveLength(15);
    expect(seen).toMatchObject({ eventsPerSecond: 10, historySeconds: 60 });
  });
});
