/** Whole numbers of events whose sums stay true to the model, however short the steps are. */
import { normal } from "../../../services/kit/random.ts";
import type { Random } from "../../../services/kit/random.ts";

/** Turns an expected number of events into a whole one; what is cut off comes later. */
export type Arrivals = (expected: number) => number;

/** Arrivals fluctuate as independent requests do: by the square root of their number. */
export function arrivals(random: Random): Arrivals {
  let owed = 0;
  return (expected) => {
    owed += normal(random, expected, Math.sqrt(expected));
    const whole = Math.max(0, Math.floor(owed));
    owed -= whole;
    return whole;
  };
}

/** How many of `count` requests come to grief, at the given share. */
export type Share = (count: number, share: number) => number;

/**
 * The given share of requests, with gaps of 0.5 to 1.5 times the mean between them, as `spaced` of services/kit has it:
 * simulated failures never bunch. Each is due near its place in an even row, so that a month of them is not off by
 * what its gaps happened to add up to.
 */
export function spacedShare(random: Random): Share {
  const jitter = (): number => (random() - 0.5) / 2;
  let come = random();
  let due = 1 + jitter();
  let place = 1;
  return (count, share) => {
    let hits = 0;
    come += count * share;
    while (come >= due && hits < count) {
      hits += 1;
      place += 1;
      due = place + jitter();
    }
    return hits;
  };
}
