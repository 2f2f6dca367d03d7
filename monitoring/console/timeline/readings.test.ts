import { describe, expect, it } from "vitest";
import { alertSpans, firstAbove } from "./readings.ts";

describe("the measured crossing", () => {
  const long = [
    [0, 1],
    [15, 10],
    [30, 15],
    [45, 20],
  ] as const;

  it("is the first evaluation at which both windows are above the threshold", () => {
    const short = [
      [0, 1],
      [15, 100],
      [30, 100],
    ] as const;
    expect(firstAbove(long, short, 14.4, 5)).toBe(30);
    expect(firstAbove(long, short, 50, 5)).toBeNull();
    // The short window counts too, and holds its last value until its next one.
    expect(firstAbove(long, [...short.slice(0, 1), [40, 30]], 14.4, 5)).toBe(40);
  });

  it("is none where both were above it before", () => {
    expect(firstAbove(long, long, 5, 20)).toBeNull();
    expect(firstAbove(long, [], 5, 0)).toBeNull();
  });
});

it("turns samples of an alert into stretches that end at the next evaluation", () => {
  const samples = (alertstate: string, ...moments: number[]) => ({
    labels: { alertstate },
    points: moments.map((at) => [at, 1] as const),
  });
  const alerts = [samples("firing", 15, 30, 45, 90), samples("pending", 0)];
  expect(alertSpans(alerts, 15, 1000)).toEqual([
    { state: "pending", from: 0, to: 15 },
    { state: "firing", from: 15, to: 60 },
    { state: "firing", from: 90, to: 105 },
  ]);
  // Of a ticket that is evaluated every four minutes the next four are not known yet.
  expect(alertSpans(alerts, 15, 95).at(-1)).toEqual({ state: "firing", from: 90, to: 95 });
});
