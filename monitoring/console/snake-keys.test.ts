import { expect, it } from "vitest";
import { snakeKeys } from "./snake-keys.ts";

it("spells keys as the API does, at every depth, and prints dates", () => {
  expect(snakeKeys({ budgetLeft: -0.5, tiers: [{ longWindow: "1h" }], at: new Date(0), none: null })).toEqual(
    {
      budget_left: -0.5,
      tiers: [{ long_window: "1h" }],
      at: "1970-01-01T00:00:00.000Z",
      none: null,
    },
  );
});
