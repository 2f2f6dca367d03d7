import { expect, it } from "vitest";
import { staticFile } from "../../pages/assets.ts";
import { colorOf, COLORS } from "./colors.ts";

it.each([
  ["green", "green"],
  ["semi-dark-orange", "orange"],
  ["super-light-blue", "blue"],
  ["purple", "violet"],
  ["text", "gray"],
  ["#e02f44", "red"],
  ["#73bf69", "green"],
  ["#08c", "blue"],
  ["rgb(255, 152, 48)", "orange"],
  ["#888888", "gray"],
  ["javascript:alert(1)", "gray"],
])("%s is the console's %s", (name, color) => {
  expect(colorOf(name)).toBe(color);
});

it("has each colour for light and for dark, and a class for it", () => {
  const css = staticFile("style/board.css");
  for (const color of COLORS) {
    expect(css.match(new RegExp(`--c-${color}: #[0-9a-f]{6};`, "g"))).toHaveLength(2);
    expect(css).toContain(`.c-${color} {`);
  }
});
