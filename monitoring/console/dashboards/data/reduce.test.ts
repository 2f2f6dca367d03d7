import { expect, it } from "vitest";
import { isReducer, reduce } from "./reduce.ts";

const values = [3, null, 1, 2, null];

it.each([
  ["lastNotNull", 2],
  ["last", null],
  ["first", 3],
  ["min", 1],
  ["max", 3],
  ["mean", 2],
  ["median", 2],
  ["sum", 6],
  ["count", 5],
  ["range", 2],
  ["diff", -1],
  ["delta", 2],
  ["p50", 2],
  ["distinctCount", 4],
])("%s of 3, nothing, 1, 2, nothing is %s", (id, wanted) => {
  expect(isReducer(id)).toBe(true);
  expect(reduce(id, values)).toBe(wanted);
});

it.each(["lastNotNull", "min", "mean", "sum", "p95", "stdDev"])("%s of nothing is nothing", (id) => {
  expect(reduce(id, [null, Number.NaN])).toSatisfy((value) => value === null || Number.isNaN(value));
  expect(reduce(id, [])).toBeNull();
});

it("does not know what it does not know", () => {
  expect(isReducer("constructor")).toBe(false);
  expect(reduce("constructor", values)).toBe(2);
});
