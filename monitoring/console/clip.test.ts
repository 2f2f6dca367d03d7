import { expect, it } from "vitest";
import { clip } from "./clip.ts";

it("leaves a text alone that is short enough", () => {
  expect(clip("order", 5)).toBe("order");
});

it("says with an ellipsis that something is missing", () => {
  expect(clip("orders", 5)).toBe("orde…");
});

it("never ends in half a character", () => {
  expect(clip("ab\u{1F525}cd", 4)).toBe("ab…");
});
