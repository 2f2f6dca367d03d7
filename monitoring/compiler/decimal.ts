/** How many significant digits a computed share keeps: enough for 99.9999 %, few enough to drop float noise. */
const SIGNIFICANT_DIGITS = 12;

/** The noise of `1 - share` is as large as that of 1, however small the difference: it begins behind these places. */
const DECIMAL_PLACES = 15;

/**
 * Removes the float noise of a computed number: `1 - 0.999` becomes `0.001`, not `0.0010000000000000009`.
 *
 * @param value a finite number.
 * @returns the nearest number with 12 significant digits and 15 decimal places.
 */
export function exact(value: number): number {
  if (Number.isSafeInteger(value) && Math.abs(value) < 10 ** SIGNIFICANT_DIGITS) return value;
  const known = cleaned.get(value);
  if (known !== undefined) return known;
  const clean = Number(Number(value.toPrecision(SIGNIFICANT_DIGITS)).toFixed(DECIMAL_PLACES));
  if (cleaned.size < mostKept) cleaned.set(value, clean);
  return clean;
}

/**
 * Prints a number as PromQL and people read it: `0.0144`, never `0.014400000000000013` and never `1.44e-2`.
 *
 * @param value a finite number.
 * @returns plain decimal digits, without an exponent and without trailing zeros.
 * @throws RangeError when the number is not finite.
 */
export function decimal(value: number): string {
  const known = printed.get(value);
  if (known !== undefined) return known;
  const text = print(value);
  if (printed.size < mostKept) printed.set(value, text);
  return text;
}

/** A thousand SLOs clean and print the same few numbers millions of times. */
const cleaned = new Map<number, number>();
const printed = new Map<number, string>();
const mostKept = 100_000;

function print(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`cannot print ${value} as a decimal`);
  const rounded = exact(value);
  const text = String(rounded);
  if (!text.includes("e")) return text;
  if (Math.abs(rounded) >= 1) return BigInt(rounded).toString();
  return rounded.toFixed(DECIMAL_PLACES).replace(/0+$/, "");
}
