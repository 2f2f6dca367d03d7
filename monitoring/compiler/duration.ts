/** Seconds in each unit that Prometheus prints, largest first. Weeks and years are left out: `28d` reads better than `4w`. */
const UNITS: readonly (readonly [unit: string, milliseconds: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/**
 * Prints a duration as PromQL writes it, in the fewest terms: 3600 → `1h`, 5400 → `1h30m`, 2592000 → `30d`.
 *
 * @param seconds a positive number of seconds; fractions down to a millisecond.
 * @returns PromQL duration text.
 * @throws RangeError when it is not above zero.
 */
export function duration(seconds: number): string {
  const known = printed.get(seconds);
  if (known !== undefined) return known;
  const text = print(seconds);
  if (printed.size < mostKept) printed.set(seconds, text);
  return text;
}

/** A thousand SLOs print the same few windows millions of times. */
const printed = new Map<number, string>();
const mostKept = 10_000;

function print(seconds: number): string {
  let rest = Math.round(seconds * 1000);
  if (!(rest > 0)) throw new RangeError(`a duration must be above zero, got ${seconds} s`);
  let text = "";
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

/**
 * Reads a duration as PromQL and Prometheus' YAML write it.
 *
 * @param text `1h30m`, `-5m`, or a bare number of seconds.
 * @returns seconds.
 * @throws RangeError when it is no duration.
 */
export function parseDuration(text: string): number {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const terms = /^(-?)((?:\d+(?:ms|[smhdwy]))+)$/.exec(text);
  if (terms === null)
    throw new RangeError(`got ${JSON.stringify(text)}, want a duration such as 5m or 1h30m`);
  let milliseconds = 0;
  for (const [, count, unit = ""] of (terms[2] ?? "").matchAll(/(\d+)(ms|[smhdwy])/g)) {
    milliseconds += Number(count) * (MILLISECONDS[unit] ?? 0);
  }
  return (terms[1] === "-" ? -milliseconds : milliseconds) / 1000;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(UNITS),
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};
