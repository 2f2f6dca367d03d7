/** How many significant digits a computed share keeps: enough for 99.9999 %, few enough to drop float noise. */
const SIGNIFICANT_DIGITS = 12;

/**
 * Removes the float noise of a computed number: `1 - 0.999` becomes `0.001`, not `0.0010000000000000009`.
 *
 * @param value a finite number.
 * @returns the nearest number with 12 significant digits.
 */
export function exact(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}

/**
 * Prints a number as PromQL and people read it: `0.0144`, never `0.014400000000000013` and never `1.44e-2`.
 *
 * @param value a finite number.
 * @returns plain decimal digits, without an exponent and without trailing zeros.
 * @throws RangeError when the number is not finite.
 */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`cannot print ${value} as a decimal`);
  const rounded = exact(value);
  const text = String(rounded);
  if (!text.includes("e")) return text;
  const places = Math.min(100, SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toFixed(Math.max(0, places)).replace(/\.?0+$/, "");
}
