import type { Value } from "./frame.ts";

type Reducer = (numbers: readonly number[], values: readonly Value[]) => Value;

/** Grafana's reducers by their id. What is not a number counts as missing, except for `last` and `first`. */
const REDUCERS: Readonly<Record<string, Reducer>> = {
  lastNotNull: (numbers, values) => numbers.at(-1) ?? values.findLast((value) => value !== null) ?? null,
  last: (_numbers, values) => values.at(-1) ?? null,
  firstNotNull: (numbers, values) => numbers[0] ?? values.find((value) => value !== null) ?? null,
  first: (_numbers, values) => values[0] ?? null,
  min: (numbers) => least(numbers),
  max: (numbers) => most(numbers),
  mean: (numbers) => (numbers.length === 0 ? null : sum(numbers) / numbers.length),
  median: (numbers) => quantile(numbers, 0.5),
  sum: (numbers) => (numbers.length === 0 ? null : sum(numbers)),
  count: (_numbers, values) => values.length,
  countAll: (_numbers, values) => values.length,
  range: (numbers) => (numbers.length === 0 ? null : Number(most(numbers)) - Number(least(numbers))),
  diff: (numbers) => (numbers.length === 0 ? null : Number(numbers.at(-1)) - Number(numbers[0])),
  delta: (numbers) =>
    numbers.reduce(
      (total, value, at) =>
        total + (at === 0 ? 0 : value >= Number(numbers[at - 1]) ? value - Number(numbers[at - 1]) : value),
      0,
    ),
  distinctCount: (_numbers, values) => new Set(values).size,
  allIsZero: (numbers) => Number(numbers.every((value) => value === 0)),
  allIsNull: (_numbers, values) => Number(values.every((value) => value === null)),
  stdDev: (numbers) => {
    if (numbers.length === 0) return null;
    const mean = sum(numbers) / numbers.length;
    return Math.sqrt(sum(numbers.map((value) => (value - mean) ** 2)) / numbers.length);
  },
};

/** Words for a legend's column. */
const WORDS: Readonly<Record<string, string>> = {
  lastNotNull: "last",
  firstNotNull: "first",
  distinctCount: "distinct",
  stdDev: "deviation",
};

/** @param id Grafana's id of a reducer; `p95` and the like too. */
export function isReducer(id: string): boolean {
  return Object.hasOwn(REDUCERS, id) || percentile(id) !== undefined;
}

export function reducerWord(id: string): string {
  return WORDS[id] ?? id;
}

/** @returns the values as one; null when there are none. An unknown reducer counts as `lastNotNull`: the schema names it. */
export function reduce(id: string, values: readonly Value[]): Value {
  const numbers = values.filter(
    (value): value is number => typeof value === "number" && !Number.isNaN(value),
  );
  const share = percentile(id);
  if (share !== undefined) return quantile(numbers, share);
  const reducer = (Object.hasOwn(REDUCERS, id) ? REDUCERS[id] : undefined) ?? REDUCERS["lastNotNull"];
  return reducer?.(numbers, values) ?? null;
}

function percentile(id: string): number | undefined {
  const found = /^p(\d{1,2})$/.exec(id);
  return found === null ? undefined : Number(found[1]) / 100;
}

function quantile(numbers: readonly number[], share: number): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}

function least(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((a, b) => Math.min(a, b));
}

function most(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((a, b) => Math.max(a, b));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
