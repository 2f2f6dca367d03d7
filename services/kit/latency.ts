import { normal, uniform } from "./random.ts";
import { spaced } from "./spaced.ts";
import type { Random } from "./random.ts";

/** How long a simulated operation takes. Milliseconds. */
export interface LatencyModel {
  readonly mean: number;
  /** Standard deviation of the everyday jitter, a normal distribution. */
  readonly sigma: number;
  /** Share of operations that hit the tail and take 3 to 10 times as long. */
  readonly tail: number;
}

/** The tail's factors, all equally likely (reference 2.1). */
export const TAIL_FACTOR = { min: 3, max: 10 } as const;
/** Jitter never makes an operation faster than this share of its mean. */
const FLOOR = 0.1;

/** A sampler of a model, in milliseconds. */
export function latencySampler(random: Random, { mean, sigma, tail }: LatencyModel): () => number {
  const inTail = spaced(random, tail);
  return () => {
    const everyday = Math.max(normal(random, mean, sigma), mean * FLOOR);
    return inTail() ? everyday * uniform(random, TAIL_FACTOR.min, TAIL_FACTOR.max) : everyday;
  };
}

/** Waits for simulated work. Waits not at all, and makes no timer, for 0. */
export async function spend(milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
