import { describe, expect, it } from "vitest";
import { HOUR } from "../duration.ts";
import { grouped, listed, percent, time } from "./format.ts";

describe("time", () => {
  it("chooses the unit that reads best", () => {
    expect([51.84, 295.68, 300, 12_960, 25_920, 258_940.8, 432_000].map((seconds) => time(seconds))).toEqual([
      "51.84 s",
      "295.68 s",
      "5 min",
      "216 min",
      "7.2 h",
      "71.93 h",
      "5 d",
    ]);
  });

  it("prints minutes to a tenth where a hundredth would be false precision", () => {
    expect(time(3548.16, { hoursFrom: HOUR })).toBe("59.1 min");
    expect(time(1789.2)).toBe("29.82 min");
  });

  it("prints what never happens", () => {
    expect(time(null)).toBe("never");
  });
});

describe("words", () => {
  it("print shares without float noise", () => {
    expect([0.9995, 0.0144, 0.07].map(percent)).toEqual(["99.95 %", "1.44 %", "7 %"]);
  });

  it("group thousands", () => {
    expect([10_080, 5.04, 1_000_000, 999].map(grouped)).toEqual(["10,080", "5.04", "1,000,000", "999"]);
  });

  it("join lists", () => {
    expect([listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "and")]).toEqual([
      "a",
      "a or b",
      "a, b and c",
    ]);
  });
});
