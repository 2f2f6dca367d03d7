import { describe, expect, it } from "vitest";
import { createSimulation } from "../kit/simulation.ts";
import { createUserModel } from "./model.ts";

function shares<T extends string>(count: number, draw: () => T): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (let drawn = 0; drawn < count; drawn += 1) {
    const value = draw();
    counts[value] = (counts[value] ?? 0) + 1 / count;
  }
  return counts;
}

describe("the user model", () => {
  it("lets sign-ins end as the reference says", () => {
    const model = createUserModel(createSimulation({ seed: 1 }));
    const drawn = shares(50_000, () => model.signInResult());
    expect(drawn.success).toBeCloseTo(0.85, 2);
    expect(drawn.invalid_credentials).toBeCloseTo(0.07, 2);
    expect(drawn.account_locked).toBeCloseTo(0.05, 2);
    expect(drawn.rate_limited).toBeCloseTo(0.03, 2);
  });

  it("refuses or fails one request in a thousand, mostly refuses", () => {
    const model = createUserModel(createSimulation({ seed: 1 }));
    const drawn = shares(1_000_000, () => model.admission());
    expect(Math.abs((drawn.refused ?? 0) - 0.000_85)).toBeLessThan(0.000_05);
    expect(Math.abs((drawn.failed ?? 0) - 0.000_15)).toBeLessThan(0.000_02);
  });

  it("fails all of them in the profile `reference`", () => {
    const model = createUserModel(createSimulation({ seed: 1, profile: "reference" }));
    const drawn = shares(1_000_000, () => model.admission());
    expect(drawn.refused).toBeUndefined();
    expect(Math.abs((drawn.failed ?? 0) - 0.001)).toBeLessThan(0.000_05);
  });
});
