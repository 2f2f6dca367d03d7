/**
 * The shape of the traffic, as data. The load generator replays it live; the 30-day history draws its past from
 * the same numbers, so the two join without a step.
 */

/** A day and a week of people: how the rate follows the clock. */
export interface Day {
  /** The hour of the day, 0 to 24, at which the rate is highest; the lowest is 12 hours away. */
  readonly peakHour: number;
  /** The rate at the lowest hour, as a share of the rate at the peak. */
  readonly trough: number;
  /** The rate of Saturday and Sunday, as a share of a weekday's. */
  readonly weekend: number;
  /** How many real seconds one day takes; a shorter day replays the curve, and the week, faster. */
  readonly lengthSeconds: number;
}

/** Short surges. One cycle in `1 / probability` is a burst, from the cycle's start. */
export interface Bursts {
  /** How long one traffic cycle is; a burst is drawn once a cycle. */
  readonly cycleSeconds: number;
  /** The chance that a cycle is a burst. */
  readonly probability: number;
  /** How long a burst lasts; at most one cycle. */
  readonly seconds: number;
  /** What the rate is multiplied by while it lasts. */
  readonly factor: number;
}

/** What multiplies the base rate. `null` switches a part off: `{ day: null, bursts: null }` is flat. */
export interface TrafficModel {
  readonly day: Day | null;
  readonly bursts: Bursts | null;
}

/** Reference 2.4, plus a quieter weekend. */
export const defaultDay: Day = { peakHour: 12, trough: 0.2, weekend: 0.7, lengthSeconds: 86_400 };

/**
 * Reference 2.4: a 2 % chance a cycle, five-fold, 30 s. The reference leaves the cycle open; here a burst fills its
 * cycle, so bursts take 2 % of the time (one in 25 minutes) and carry 0.02 × 5 / 1.08 = 9.3 % of the requests.
 */
export const defaultBursts: Bursts = { cycleSeconds: 30, probability: 0.02, seconds: 30, factor: 5 };
