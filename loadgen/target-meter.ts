import { expectedRequests } from "./rate.ts";
import type { RateCurve } from "./rate.ts";

/** Adds up what the rate curve asks for, bit by bit, so that the sum of a month is there at once. */
export interface TargetMeter {
  /** Adds the time up to a moment, milliseconds since the epoch; an earlier moment than the last adds nothing. */
  advance(to: number): void;
  /** Requests asked for so far. */
  readonly expected: number;
  /** Seconds added up so far. */
  readonly seconds: number;
}

/** @param from the beginning, milliseconds since the epoch. */
export function targetMeter(rateAt: RateCurve, from: number): TargetMeter {
  let at = from;
  let expected = 0;
  return {
    advance(to) {
      expected += expectedRequests(rateAt, at, to);
      at = Math.max(at, to);
    },
    get expected() {
      return expected;
    },
    get seconds() {
      return (at - from) / 1000;
    },
  };
}
