/** The moments of the past, oldest first, and which of them each kind of series is written at. */
import { beforeSeconds, cadences, pastSeconds, steps } from "./settings.ts";
import type { Cadence } from "./settings.ts";

export interface Grid {
  /** Seconds before the end of the past, in the platform's time, by index. */
  readonly ages: Int32Array;
  /** The index of the first moment that is written. */
  readonly first: number;
  /** The index of the end of the past. */
  readonly last: number;
  /** The index of the moment at an age, or the one after it; 0 for ages before the beginning. */
  readonly indexAt: (age: number) => number;
  /** The indexes of a range, both ends included, at which a kind of series is written. */
  readonly written: (cadence: Cadence, from: number, to: number) => Int32Array;
}

/** Every series of a piece asks for the same few lists. */
const MOST_KNOWN = 20;

/** The grid of `settings.ts`. */
export function createGrid(): Grid {
  const ages: number[] = [];
  let begin = 0;
  for (const { upToAge, seconds } of steps) {
    const end = Math.min(upToAge, pastSeconds + beforeSeconds);
    for (let age = begin; age < end; age += seconds) ages.push(age);
    begin = end;
  }
  ages.push(begin);
  const oldestFirst = Int32Array.from(ages.toReversed());
  const last = oldestFirst.length - 1;
  const lately = new Map<string, Int32Array>();
  const indexAt = (age: number): number => {
    let back = 0;
    let begin = 0;
    for (const { upToAge, seconds } of steps) {
      const end = Math.min(age, upToAge);
      back += Math.floor((end - begin) / seconds);
      if (age <= upToAge) break;
      begin = upToAge;
    }
    return Math.max(0, last - back);
  };
  return {
    ages: oldestFirst,
    first: indexAt(pastSeconds),
    last,
    indexAt,
    written: (cadence, from, to) => {
      const key = `${cadence} ${from} ${to}`;
      const known = lately.get(key);
      if (known !== undefined) return known;
      if (lately.size > MOST_KNOWN) lately.clear();
      const indexes: number[] = [];
      for (let index = from; index <= to; index += 1) {
        const age = oldestFirst[index] ?? 0;
        const seconds = cadences[cadence].find(({ upToAge }) => age <= upToAge)?.seconds ?? null;
        if (seconds !== null && age % seconds === 0) indexes.push(index);
      }
      const found = Int32Array.from(indexes);
      lately.set(key, found);
      return found;
    },
  };
}
