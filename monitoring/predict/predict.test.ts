import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../compiler/duration.ts";
import { detectionSeconds, resetSeconds, resetSecondsOfLongWindow } from "../compiler/explain/arithmetic.ts";
import { defaultTiers, tiersFor } from "../compiler/windows.ts";
import { withCourse, type Course } from "./course.ts";
import { evenHistory, historyFromWindows } from "./history.ts";
import { firstPage, predictTiers, type AlertPolicy } from "./predict.ts";

const policy: AlertPolicy = { target: 0.999, tiers: tiersFor(defaultTiers, 30 * DAY) };
const RATE = 10;
const clean = evenHistory({ eventsPerSecond: RATE });

function predict(course: Partial<Course>, past = clean, change: Partial<AlertPolicy> = {}) {
  return predictTiers(
    { ...policy, ...change },
    withCourse(past, { badShare: 1, eventsPerSecond: RATE, ...course }),
  );
}
const crossings = (course: Partial<Course>, past = clean): number[] =>
  predict(course, past).map(({ crosses }) => Number(crosses.toFixed(6)));

describe("the predicted crossing, after a clean past", () => {
  it("is that of the four tiers at 99.9 %, to the digit", () => {
    expect(crossings({ badShare: 1 })).toEqual([51.84, 129.6, 259.2, 259.2]);
    expect(crossings({ badShare: 0.05 })).toEqual([1036.8, 2592, 5184, 5184]);
    expect(crossings({ badShare: 0.01 })).toEqual([Infinity, 216 * MINUTE, 7.2 * HOUR, 7.2 * HOUR]);
    expect(crossings({ badShare: 0.005 })).toEqual([Infinity, Infinity, 14.4 * HOUR, 14.4 * HOUR]);
  });

  it("is that of the fast page for other shares", () => {
    const fast = (badShare: number) => crossings({ badShare })[0];
    expect([0.5, 0.1, 0.02].map(fast)).toEqual([103.68, 518.4, 2592]);
  });

  it("never comes at the threshold, and comes just above it", () => {
    expect(crossings({ badShare: 0.0144 })[0]).toBe(Infinity);
    expect(crossings({ badShare: 0.014401 })[0]).toBeCloseTo(3599.75, 2);
  });

  it("agrees with the closed forms of the compiler for each tier", () => {
    for (const badShare of [0.0015, 0.004, 0.02, 0.3, 1]) {
      const closed = policy.tiers.map((tier) => detectionSeconds(tier, 0.999, badShare) ?? Infinity);
      expect(crossings({ badShare })).toEqual(closed.map((seconds) => Number(seconds.toFixed(6))));
    }
  });

  it("does not depend on the traffic", () => {
    const busy = predict({ eventsPerSecond: 1000 }, evenHistory({ eventsPerSecond: 1000 }));
    expect(busy.map(({ crosses }) => crosses)).toEqual(predict({}).map(({ crosses }) => crosses));
  });

  it("shows both windows: the long one decides", () => {
    expect(predict({})[0]).toMatchObject({ longCrosses: 51.84, shortCrosses: 4.32, threshold: 0.0144 });
  });
});

describe("the predicted end", () => {
  const resets = (badShare: number, lastsSeconds: number) =>
    predict({ badShare, lastsSeconds }).map(({ clears }) => Number((clears - lastsSeconds).toFixed(6)));

  it("is that of the four tiers after a long outage, and after 5 % errors", () => {
    expect(resets(1, 4 * DAY)).toEqual([295.68, 29.82 * MINUTE, 119.64 * MINUTE, 21_578.4]);
    expect(resets(0.05, 4 * DAY)).toEqual([213.6, 26.4 * MINUTE, 112.8 * MINUTE, 352.8 * MINUTE]);
  });

  it("agrees with the closed forms, with and without a short window", () => {
    const [tier] = policy.tiers;
    if (tier === undefined) throw new Error("no tier");
    expect(resets(0.2, DAY)[0]).toBeCloseTo(resetSeconds(tier, 0.999, 0.2) ?? 0, 6);
    const longOnly = { tiers: [{ ...tier, shortSeconds: tier.longSeconds }] };
    const [alone] = predict({ lastsSeconds: DAY }, clean, longOnly);
    expect((alone?.clears ?? 0) - DAY).toBeCloseTo(resetSecondsOfLongWindow(tier, 0.999, 1) ?? 0, 6);
  });

  it("is when the short window has lost a fault that was over before its end filled it", () => {
    // One minute of outage: 60 of 300 seconds are bad, and 4.32 may be.
    expect(predict({ lastsSeconds: 60 })[0]).toMatchObject({ crosses: 51.84 });
    expect(predict({ lastsSeconds: 60 })[0]?.clears).toBeCloseTo(300 + 60 - 4.32, 6);
  });

  it("never comes while the fault goes on, nor without a page", () => {
    expect(predict({})[0]?.clears).toBe(Infinity);
    expect(predict({ lastsSeconds: 40 })[0]).toMatchObject({ crosses: Infinity, clears: Infinity });
  });
});

describe("a past that is not clean, or not even", () => {
  it("comes sooner for a young service: the slow tier first", () => {
    const young = evenHistory({ eventsPerSecond: RATE, seconds: 120 });
    const [fast, slow] = predict({}, young);
    expect(fast?.crosses).toBeCloseTo((120 * 0.0144) / (1 - 0.0144), 9);
    expect(slow?.crosses).toBeCloseTo((120 * 0.006) / (1 - 0.006), 9);
    expect(firstPage(predict({}, young))?.tier).toBe("page-slow");
    expect(firstPage(predict({}))?.tier).toBe("page-fast");
  });

  it("comes sooner when some of the budget was burning already", () => {
    const burning = evenHistory({ eventsPerSecond: RATE, badShare: 0.001 });
    expect(crossings({}, burning)[0]).toBeCloseTo((3600 * 0.0134) / 0.999, 5);
    const over = evenHistory({ eventsPerSecond: RATE, badShare: 0.02 });
    expect(crossings({}, over)[0]).toBe(0);
  });

  it("sees a burst leave the window", () => {
    // 30 bad seconds, an hour less a minute ago: they help for a minute, and then they are gone.
    const past = historyFromWindows([
      { seconds: 59 * MINUTE, bad: 0, total: 59 * MINUTE * RATE },
      { seconds: HOUR, bad: 30 * RATE, total: HOUR * RATE },
      { seconds: 3 * DAY, bad: 30 * RATE, total: 3 * DAY * RATE },
    ]);
    // Without fading: 51.84 − 30 s. Half a bad second leaves each second, so a new one counts half: 21.84 / 0.5.
    expect(crossings({}, past)[0]).toBeCloseTo(43.68, 5);
    // At 40 % a second brings less than leaves: the crossing has to wait until the burst has gone.
    expect(crossings({ badShare: 0.4 }, past)[0]).toBeCloseTo(129.6, 5);
  });

  it("depends on how much traffic there was before", () => {
    const night = evenHistory({ eventsPerSecond: 1 });
    // bad = 10 t; total = 3600 − t + 10 t.
    expect(crossings({}, night)[0]).toBeCloseTo((0.0144 * 3600) / (10 - 9 * 0.0144), 5);
  });

  it("waits for the minimum number of events", () => {
    const idle = evenHistory({ eventsPerSecond: 1, seconds: 100 });
    const waits = predict({ eventsPerSecond: 1 }, idle, { minimumEvents: 160 });
    expect(waits[0]?.crosses).toBeCloseTo(60, 9);
  });

  it("counts no event twice and none at all before the service was there", () => {
    const past = historyFromWindows(
      [
        { seconds: 60, bad: 1, total: 600 },
        { seconds: 300, bad: 3, total: 1200 },
        { seconds: 3600, bad: 3, total: 1199 },
      ],
      120,
    );
    expect(past).toEqual([
      { from: -120, to: -60, badRate: 2 / 60, totalRate: 10 },
      { from: -60, to: 0, badRate: 1 / 60, totalRate: 10 },
    ]);
  });
});

describe("what a fault needs beside its share", () => {
  it("is counted from the first bad answer, where answers hang", () => {
    expect(crossings({ delaySeconds: 10 })[0]).toBeCloseTo(61.84, 6);
    expect(predict({ delaySeconds: 10, lastsSeconds: 100 })[0]?.clears).toBeCloseTo(300 + 110 - 4.32, 6);
  });

  it("must last as long as the alert's `for`", () => {
    const tiers = policy.tiers.map((tier) => ({ ...tier, forSeconds: 120 }));
    const [waits] = predict({}, clean, { tiers });
    expect(waits).toMatchObject({ crosses: 51.84, fires: { earliest: 171.84 } });
    expect(predict({ lastsSeconds: 52 }, clean, { tiers: tiers.slice(0, 1) })[0]?.crosses).toBe(51.84);
    const blip = { ...tiers[0], shortSeconds: 30 } as (typeof tiers)[0];
    expect(predict({ lastsSeconds: 52 }, clean, { tiers: [blip] })[0]?.crosses).toBe(Infinity);
  });

  it("crosses again when it comes back", () => {
    const twice = [...withCourse(clean, { badShare: 1, eventsPerSecond: RATE, lastsSeconds: 60 })];
    const last = twice.pop();
    const rest = { badRate: 0, totalRate: RATE };
    const timeline = [
      ...twice,
      { from: 60, to: 600, ...rest },
      { from: 600, to: 660, badRate: RATE, totalRate: RATE },
      { from: 660, to: Infinity, ...rest },
    ];
    expect(last).toBeDefined();
    expect(predictTiers(policy, timeline)[0]?.holds).toEqual([
      { from: 51.84, to: expect.closeTo(355.68, 6) },
      { from: expect.closeTo(604.32, 6), to: expect.closeTo(955.68, 6) },
    ]);
  });
});

describe("what the pipeline adds", () => {
  it("is at least the group's wait, and at most a scrape and an evaluation more", () => {
    const [fast] = predict({});
    expect(fast?.fires).toEqual({ earliest: 51.84, expected: 61.84, latest: 71.84 });
    expect(fast?.notified.earliest).toBeCloseTo(56.84, 9);
    expect(fast?.notified.latest).toBeCloseTo(77.84, 9);
  });

  it("is on the grid of evaluations where that is known", () => {
    const timeline = withCourse(clean, { badShare: 1, eventsPerSecond: RATE });
    const [fast] = predictTiers(policy, timeline, { nextEvaluation: () => 4 });
    expect(fast?.fires.expected).toBe(64);
  });

  it("shrinks with the time scale, but no interval gets under a second", () => {
    const timeline = withCourse(clean, { badShare: 1, eventsPerSecond: RATE });
    const [fast] = predictTiers(policy, timeline, { timeScale: 60 });
    expect(fast).toMatchObject({ crosses: 0.864, fires: { latest: 2.864 } });
  });
});
