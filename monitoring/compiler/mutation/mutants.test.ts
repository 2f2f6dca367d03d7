import { describe, expect, it } from "vitest";
import { mutantsOf } from "./mutants.ts";

function changed(expr: string, kind: string): string[] {
  return mutantsOf(expr)
    .filter((mutant) => mutant.kind === kind)
    .map((mutant) => mutant.expr);
}

describe("mutantsOf", () => {
  it("moves a threshold up and down", () => {
    expect(changed("x > 14.4", "threshold")).toEqual(["x > 15.12", "x > 13.68"]);
  });

  it("moves a threshold of nothing by one", () => {
    expect(changed("x > 0", "threshold")).toEqual(["x > 1", "x > -1"]);
  });

  it("leaves numbers alone that nothing is compared with", () => {
    expect(changed("1 - x / 0.001", "threshold")).toEqual([]);
  });

  it("doubles and halves ranges and offsets", () => {
    expect(changed("rate(x[5m] offset 1h)", "window")).toEqual([
      "rate(x[10m] offset 1h)",
      "rate(x[2m30s] offset 1h)",
      "rate(x[5m] offset 2h)",
      "rate(x[5m] offset 30m)",
    ]);
  });

  it("negates each matcher and leaves it out", () => {
    expect(changed(`x{a="1",b=~"2.."}`, "matcher")).toEqual([
      `x{a!="1",b=~"2.."}`,
      `x{b=~"2.."}`,
      `x{a="1",b!~"2.."}`,
      `x{a="1"}`,
    ]);
  });

  it("turns a comparison into its neighbour and its opposite", () => {
    expect(changed("x >= 1 and y < 2", "comparison")).toEqual([
      "x > 1 and y < 2",
      "x < 1 and y < 2",
      "x >= 1 and y <= 2",
      "x >= 1 and y > 2",
    ]);
  });

  it("says what it changed and where", () => {
    expect(mutantsOf("x > 1").map((mutant) => mutant.change)).toEqual([
      "> → >= at 2",
      "> → < at 2",
      "1 → 1.05 at 4",
      "1 → 0.95 at 4",
    ]);
  });
});
