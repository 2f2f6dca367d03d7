/** Sums over trailing windows, of any length up to one maximum, in memory that does not grow with the history. */
export interface RunningSums {
  /** Adds the events of the next step. */
  readonly add: (part: number, total: number) => void;
  /** Events of the last `steps` steps; of what there is, where fewer were added. A fraction takes its share of a step. */
  readonly part: (steps: number) => number;
  readonly total: (steps: number) => number;
  /** Steps added so far. */
  readonly steps: () => number;
  readonly bytes: number;
}

/**
 * Keeps cumulative counts in a ring: a window is the difference of two of them, whatever its length.
 *
 * @param longest window in steps.
 */
export function runningSums(longest: number): RunningSums {
  const size = Math.ceil(longest) + 2;
  const parts = new Float64Array(size);
  const totals = new Float64Array(size);
  let added = 0;
  const at = (sums: Float64Array, index: number): number => (index <= 0 ? 0 : (sums[index % size] ?? 0));
  /** The cumulative count so many steps before the newest, between two of them where the number is no whole one. */
  const before = (sums: Float64Array, steps: number): number => {
    const position = added - steps;
    const low = Math.floor(position);
    const share = position - low;
    return share === 0 ? at(sums, low) : at(sums, low) * (1 - share) + at(sums, low + 1) * share;
  };
  return {
    add(part, total) {
      const [lastPart, lastTotal] = [at(parts, added), at(totals, added)];
      added += 1;
      parts[added % size] = lastPart + part;
      totals[added % size] = lastTotal + total;
    },
    part: (steps) => at(parts, added) - before(parts, steps),
    total: (steps) => at(totals, added) - before(totals, steps),
    steps: () => added,
    bytes: parts.byteLength + totals.byteLength,
  };
}
