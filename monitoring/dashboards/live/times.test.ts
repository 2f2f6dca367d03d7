import { describe, expect, it } from "vitest";
import { timesOf } from "./times.ts";

describe("the times of a query", () => {
  it("are a step of a 240th of the range, and a rate over a step and a scrape", () => {
    expect(timesOf("now-6h", undefined, 1_000_000)).toEqual({
      from: 978_400,
      to: 1_000_000,
      step: 90,
      interval: "1m30s",
      rateInterval: "1m45s",
      range: "6h",
    });
  });

  it("are never a rate over less than four scrapes, or four of the query's least steps", () => {
    expect(timesOf("now-15m", undefined, 1_000_000).rateInterval).toBe("1m");
    expect(timesOf("now-15m", "2m", 1_000_000)).toMatchObject({ step: 120, rateInterval: "8m" });
  });
});
