import { describe, expect, it } from "vitest";
import { nearest } from "./suggest.ts";

describe("nearest", () => {
  it("finds a word with a slip in it", () => {
    expect(nearest("budgettingMethod", ["service", "budgetingMethod"])).toBe("budgetingMethod");
  });

  it("takes the nearest of several", () => {
    expect(nearest("tim", ["time", "team", "tier"])).toBe("time");
  });

  it("does not mind the case", () => {
    expect(nearest("slo", ["SLI", "SLO"])).toBe("SLO");
  });

  it("finds nothing when nothing is near", () => {
    expect(nearest("foo", ["target", "service"])).toBeUndefined();
  });
});
