import { expect, it } from "vitest";
import { digestOf } from "./digest.ts";

it("tells the same parts by the same 32 hexadecimal digits", () => {
  expect(digestOf("slack", "#sre")).toMatch(/^[\da-f]{32}$/);
  expect(digestOf("slack", "#sre")).toBe(digestOf("slack", "#sre"));
});

it("minds the borders between parts", () => {
  expect(digestOf("ab", "c")).not.toBe(digestOf("a", "bc"));
});
