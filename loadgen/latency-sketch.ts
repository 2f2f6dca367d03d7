/** Latencies between these two are told apart; anything outside counts as the nearer one. Seconds. */
const SMALLEST = 0.0001;
const LARGEST = 120;
/** Each bucket is 2 % wider than the one before, so a quantile is within 1 % of the truth. */
const GROWTH = 1.02;

const BUCKETS = Math.ceil(Math.log(LARGEST / SMALLEST) / Math.log(GROWTH)) + 1;

/**
 * Quantiles of a stream of latencies in constant memory: 708 counters, however long the run. Prometheus has the
 * coarse histogram; this one is for the summary at the end.
 */
export class LatencySketch {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  /** Takes one latency, in seconds. */
  observe(seconds: number): void {
    const clamped = Math.min(Math.max(seconds, SMALLEST), LARGEST);
    const bucket = Math.round(Math.log(clamped / SMALLEST) / Math.log(GROWTH));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
  }

  /**
   * The latency that a share of the observations does not exceed (nearest rank).
   *
   * @param share above 0 and at most 1: 0.99 is the 99th percentile.
   * @returns seconds, within 1 %; NaN when nothing was observed.
   */
  quantile(share: number): number {
    const rank = Math.ceil(share * this.#total);
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (count > 0 && seen >= rank) return SMALLEST * GROWTH ** bucket;
    }
    return Number.NaN;
  }
}
