/** Distributions of times in bins of one millisecond: what a latency model means, without drawing from it. */
import { TAIL_FACTOR } from "../../../services/kit/latency.ts";
import type { LatencyModel } from "../../../services/kit/latency.ts";

/** `distribution[ms]` is the share of times from `ms` up to one more; the shares add up to 1. */
export type Distribution = Float64Array;

/** Longer times count as this long: no bucket is longer. Milliseconds. */
const LONGEST = 12_000;
/** Smaller shares, all together, move no bucket by a millionth. */
const NEGLIGIBLE = 1e-11;
/** Everyday jitter beyond this many standard deviations is left out. */
const REACH = 6;

/** What `latencySampler` of the same model draws. */
export function distributionOf({ mean, sigma, tail }: LatencyModel): Distribution {
  const everyday = new Float64Array(LONGEST + 1);
  const last = Math.min(LONGEST, Math.ceil(mean + REACH * sigma));
  for (let ms = Math.max(0, Math.floor(mean - REACH * sigma)); ms <= last; ms += 1) {
    everyday[ms] = Math.exp(-(((ms + 0.5 - mean) / sigma) ** 2) / 2);
  }
  normalize(everyday);
  const result = everyday.map((share) => share * (1 - tail));
  for (const [ms, share] of entriesOf(everyday)) {
    const [from, to] = [Math.round((ms + 0.5) * TAIL_FACTOR.min), Math.round((ms + 0.5) * TAIL_FACTOR.max)];
    const each = (share * tail) / (to - from);
    for (let at = from; at < to; at += 1) add(result, at, each);
  }
  return result;
}

/** A time that is always the same. */
export function exactly(milliseconds: number): Distribution {
  const result = new Float64Array(LONGEST + 1);
  add(result, Math.round(milliseconds), 1);
  return result;
}

/** One thing after the other. */
export function sum(first: Distribution, second: Distribution): Distribution {
  // Millions of products: arrays of numbers take a third of the time that pairs take.
  const result = new Float64Array(LONGEST + 1);
  const others = entriesOf(second);
  const times = Int32Array.from(others, ([ms]) => ms);
  const shares = Float64Array.from(others, ([, share]) => share);
  for (const [ms, share] of entriesOf(first)) {
    for (let index = 0; index < times.length; index += 1) {
      const at = Math.min(ms + (times[index] ?? 0), LONGEST);
      result[at] = (result[at] ?? 0) + share * (shares[index] ?? 0);
    }
  }
  return result;
}

/** Two things side by side: the longer one counts. */
export function longer(first: Distribution, second: Distribution): Distribution {
  let [one, other, before] = [0, 0, 0];
  return first.map((share, ms) => {
    one += share;
    other += second[ms] ?? 0;
    const both = one * other;
    const here = both - before;
    before = both;
    return here;
  });
}

/** One of several, each in its share; the weights need not add up to anything. */
export function mixture(parts: readonly (readonly [part: Distribution, weight: number])[]): Distribution {
  const result = new Float64Array(LONGEST + 1);
  for (const [part, weight] of parts) {
    for (const [ms, share] of entriesOf(part)) add(result, ms, share * weight);
  }
  normalize(result);
  return result;
}

/** The share of times up to a bound, in milliseconds. */
export function shareWithin(distribution: Distribution, milliseconds: number): number {
  let share = 0;
  for (let ms = 0; ms < milliseconds && ms <= LONGEST; ms += 1) share += distribution[ms] ?? 0;
  return Math.min(1, share);
}

/** The mean, in milliseconds. */
export function meanOf(distribution: Distribution): number {
  return distribution.reduce((mean, share, ms) => mean + share * (ms + 0.5), 0);
}

function add(distribution: Distribution, ms: number, share: number): void {
  const at = Math.min(ms, LONGEST);
  distribution[at] = (distribution[at] ?? 0) + share;
}

function entriesOf(distribution: Distribution): (readonly [ms: number, share: number])[] {
  const entries: [number, number][] = [];
  for (let ms = 0; ms < distribution.length; ms += 1) {
    const share = distribution[ms] ?? 0;
    if (share > NEGLIGIBLE) entries.push([ms, share]);
  }
  return entries;
}

function normalize(distribution: Distribution): void {
  const total = distribution.reduce((total, share) => total + share, 0);
  for (let ms = 0; ms < distribution.length; ms += 1) distribution[ms] = (distribution[ms] ?? 0) / total;
}
