/** More traffic than usual, or less, for a while. Each change ends by itself: whoever asks compares with the clock. */

/** A change that is on. */
export interface Surge {
  readonly id: string;
  /** What the rate is multiplied by. */
  readonly factor: number;
  /** ISO 8601. */
  readonly started_at: string;
  readonly expires_at: string;
}

export interface SurgeBoard {
  /** Undefined when too many are on. @param lasts milliseconds */
  add(factor: number, lasts: number): Surge | undefined;
  live(): readonly Surge[];
  /** @returns false when no such change is on. */
  remove(id: string): boolean;
  clear(): void;
  /**
   * What the rate is multiplied by at a moment: all changes that are on then, together. Moments of the last minute give
   * what was on, so that the target which is added up afterwards is the one that was driven.
   *
   * @param epochMs milliseconds since the epoch; moments to come suppose that nobody ends a change early.
   */
  factorAt(epochMs: number): number;
}

interface Entry {
  readonly surge: Surge;
  readonly from: number;
  until: number;
}

/** More at once would only blur what a person wants to see. */
export const MAX_SURGES = 4;
/** A factor of nothing would leave no next request to wait for; all together never send more than this. */
export const FACTOR = { least: 0.01, most: 20 } as const;

/** How long ended changes are remembered. Milliseconds. */
const MEMORY = 60_000;

/** Creates a board with nothing on it. @param now milliseconds since the epoch, never going backwards */
export function createSurgeBoard(now: () => number): SurgeBoard {
  let entries: Entry[] = [];
  let created = 0;
  const live = (): Entry[] => entries.filter(({ until }) => until > now());
  const end = (ended: readonly Entry[]): void => {
    for (const entry of ended) entry.until = now();
  };
  return {
    add(factor, lasts) {
      if (live().length >= MAX_SURGES) return undefined;
      const from = now();
      entries = entries.filter(({ until }) => until > from - MEMORY);
      created += 1;
      const times = { started_at: iso(from), expires_at: iso(from + lasts) };
      const surge: Surge = { id: `load-${created}`, factor, ...times };
      entries.push({ surge, from, until: from + lasts });
      return surge;
    },
    live: () => live().map(({ surge }) => surge),
    remove(id) {
      const found = live().filter(({ surge }) => surge.id === id);
      end(found);
      return found.length > 0;
    },
    clear: () => end(live()),
    factorAt(epochMs) {
      const on = entries.filter(({ from, until }) => from <= epochMs && epochMs < until);
      if (on.length === 0) return 1;
      const product = on.reduce((all, { surge }) => all * surge.factor, 1);
      return Math.min(FACTOR.most, Math.max(FACTOR.least, product));
    },
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
