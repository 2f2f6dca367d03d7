import { expect, it } from "vitest";
import { decimal, exact } from "./decimal.ts";

it.each([
  [14.4 * (1 - 0.999), "0.0144"],
  [1 - 0.999999, "0.000001"],
  [1e-9, "0.000000001"],
  [2_592_000, "2592000"],
  [1e21, "1000000000000000000000"],
  [0.9333, "0.9333"],
  [-1.5, "-1.5"],
  [0, "0"],
])("prints %d without float noise and without an exponent", (value, text) => {
  expect(decimal(value)).toBe(text);
});

it("refuses what is not a finite number", () => {
  expect(() => decimal(Number.NaN)).toThrow(new RangeError("cannot print NaN as a decimal"));
});

it("drops the noise of a difference", () => {
  expect(exact(1 - 0.9995)).toBe(0.0005);
});
