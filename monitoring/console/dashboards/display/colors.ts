/** Grafana's colour names and hexadecimal colours as the console's own, which keep their contrast in light and dark. */

export const COLORS = ["blue", "orange", "green", "violet", "red", "teal", "yellow", "gray"] as const;
export type Color = (typeof COLORS)[number];

/** What a colour means, as a word of the style sheet and a shape beside it, so that no state is told by colour alone. */
export const MEANING: Readonly<Record<Color, { readonly kind: string; readonly shape: string } | null>> = {
  green: { kind: "good", shape: "dot" },
  yellow: { kind: "warn", shape: "diamond" },
  orange: { kind: "warn", shape: "diamond" },
  red: { kind: "bad", shape: "triangle" },
  blue: null,
  violet: null,
  teal: null,
  gray: null,
};

const NAMES: Readonly<Record<string, Color>> = {
  purple: "violet",
  cyan: "teal",
  text: "gray",
  grey: "gray",
  white: "gray",
  black: "gray",
  transparent: "gray",
};

/** Where on the colour wheel each begins, in degrees. */
const WHEEL: readonly (readonly [from: number, color: Color])[] = [
  [340, "red"],
  [255, "violet"],
  [200, "blue"],
  [165, "teal"],
  [75, "green"],
  [45, "yellow"],
  [18, "orange"],
  [0, "red"],
];

/** @param name `green`, `semi-dark-orange`, `#e02f44`, `rgb(…)`; what is none of them is gray. */
export function colorOf(name: string): Color {
  const plain = name.toLowerCase().replace(/^(super-light|light|semi-dark|dark)-/, "");
  const [red, green, blue] = channels(plain);
  if (red !== undefined && green !== undefined && blue !== undefined) return byHue(red, green, blue);
  return COLORS.find((color) => color === plain) ?? NAMES[plain] ?? "gray";
}

/** The colour of the n-th series, when nothing else says one. */
export function seriesColor(index: number): Color {
  return COLORS[index % COLORS.length] ?? "blue";
}

function channels(text: string): readonly number[] {
  const hex = /^#([\da-f]{3}|[\da-f]{6})(?:[\da-f]{2})?$/.exec(text)?.[1];
  if (hex !== undefined) {
    const long = hex.length === 3 ? hex.replaceAll(/./g, "$&$&") : hex;
    return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
  }
  return /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(text)?.slice(1).map(Number) ?? [];
}

function byHue(red: number, green: number, blue: number): Color {
  const high = Math.max(red, green, blue);
  const span = high - Math.min(red, green, blue);
  if (span < 24) return "gray";
  const sixth =
    high === red
      ? ((green - blue) / span + 6) % 6
      : high === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return WHEEL.find(([from]) => sixth * 60 >= from)?.[1] ?? "red";
}
