import { describe, expect, it } from "vitest";
import { crossingSeconds, resetSeconds, type Prediction } from "./predict.ts";

const outage: Prediction = {
  threshold: 0.0144,
  longSeconds: 3600,
  shortSeconds: 300,
  historySeconds: 7200,
  badBefore: 0,
  badDuring: 1,
};

describe("the predicted page", () => {
  it("comes 51.84 s into a total outage, and 17 min 17 s into 5 % errors, after a clean hour", () => {
    expect(crossingSeconds(outage)).toBeCloseTo(51.84, 9);
    expect(crossingSeconds({ ...outage, badDuring: 0.05 })).toBeCloseTo(17 * 60 + 16.8, 9);
  });

  it("comes sooner for a service that is younger than the long window", () => {
    expect(crossingSeconds({ ...outage, historySeconds: 120 })).toBeCloseTo(1.753, 3);
    expect(crossingSeconds({ ...outage, historySeconds: 3548.16 })).toBeCloseTo(51.84, 2);
  });

  it("comes sooner when some of the budget was already burning", () => {
    expect(crossingSeconds({ ...outage, badBefore: 0.001 })).toBeCloseTo((3600 * 0.0134) / 0.999, 9);
    expect(crossingSeconds({ ...outage, badBefore: 0.02 })).toBe(0);
  });

  it("never comes at or below the threshold", () => {
    expect(crossingSeconds({ ...outage, badDuring: 0.0144 })).toBe(Number.POSITIVE_INFINITY);
    expect(crossingSeconds({ ...outage, badDuring: 0.001 })).toBe(Number.POSITIVE_INFINITY);
  });

  it("waits for the slower window", () => {
    expect(crossingSeconds({ ...outage, longSeconds: 300, shortSeconds: 3600 })).toBeCloseTo(51.84, 9);
  });
});

describe("the predicted end of the alert", () => {
  it("comes 295.68 s after a total outage and 213.6 s after 5 % errors", () => {
    expect(resetSeconds(outage)).toBeCloseTo(295.68, 9);
    expect(resetSeconds({ ...outage, badDuring: 0.05 })).toBeCloseTo(213.6, 9);
  });
});
