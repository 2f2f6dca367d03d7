import { burstMultiplier } from "./bursts.ts";
import { dayMultiplier } from "./diurnal.ts";
import type { TrafficModel } from "./traffic.ts";

/** Requests per second at a moment: milliseconds since the epoch in, at least 0 out. Pure: same moment, same rate. */
export type RateCurve = (epochMs: number) => number;

export interface RateCurveOptions {
  /** Requests per second of all services together, on a weekday at the peak hour and outside bursts. */
  readonly rps: number;
  readonly model: TrafficModel;
  /** Decides which cycles are bursts. */
  readonly seed: number;
  /**
   * Seconds that the local clock is ahead of UTC at a moment; the time of day is the local one.
   *
   * @default the time zone of this machine, with its summer time
   */
  readonly utcOffsetSeconds?: (epochMs: number) => number;
}

/**
 * How long the rate is taken as constant when it is added up. A burst begins and ends on a slice's edge, and the
 * curve of a 24-hour day moves by less than 0.001 % of the peak within one.
 */
const SLICE_MS = 250;

/**
 * The rate over time: base × day × weekend × burst.
 *
 * @returns a pure function of the moment, which the 30-day history can ask about the past.
 */
export function rateCurve(options: RateCurveOptions): RateCurve {
  const { rps, model, seed, utcOffsetSeconds = offsetOfThisMachine } = options;
  return (epochMs) => {
    const seconds = epochMs / 1000;
    const day = model.day === null ? 1 : dayMultiplier(seconds + utcOffsetSeconds(epochMs), model.day);
    const burst = model.bursts === null ? 1 : burstMultiplier(seconds, model.bursts, seed);
    return rps * day * burst;
  };
}

/** A stretch of time with one rate. */
export interface RateSlice {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  /** Requests per second. */
  readonly rate: number;
}

/**
 * Cuts time into slices on a fixed grid, so that everything which adds a rate up adds the same numbers.
 *
 * @param from milliseconds since the epoch; the first slice begins here and ends at the next grid line.
 * @returns slices in order, without end.
 */
export function* rateSlices(rateAt: RateCurve, from: number): Generator<RateSlice, never> {
  let start = from;
  for (;;) {
    const end = (Math.floor(start / SLICE_MS) + 1) * SLICE_MS;
    yield { start, end, rate: rateAt(start) };
    start = end;
  }
}

/**
 * The rate integrated over a period: how many requests it asks for.
 *
 * @param from milliseconds since the epoch.
 * @param to milliseconds since the epoch, not before `from`.
 * @returns the expected number of requests, with its fraction.
 */
export function expectedRequests(rateAt: RateCurve, from: number, to: number): number {
  let sum = 0;
  for (const { start, end, rate } of rateSlices(rateAt, from)) {
    if (start >= to) break;
    sum += (rate * (Math.min(end, to) - start)) / 1000;
  }
  return sum;
}

function offsetOfThisMachine(epochMs: number): number {
  return -60 * new Date(epochMs).getTimezoneOffset();
}
