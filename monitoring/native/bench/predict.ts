/** What is known of an incident before it happens. Seconds, and shares of events from 0 to 1. */
export interface Prediction {
  /** Share of bad events above which the alert fires: factor × (1 − target). */
  readonly threshold: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** How long the service has had traffic when the fault begins; beyond the long window it changes nothing. */
  readonly historySeconds: number;
  /** Share of bad events before the fault. */
  readonly badBefore: number;
  /** Share of bad events during the fault. */
  readonly badDuring: number;
}

/**
 * Computes when both windows of a burn-rate alert cross their threshold, under constant traffic.
 *
 * With a full window, t = L·(θ − e₀)/(e − e₀), which for a clean past is θ·L/e: 51.84 s for a total outage at 99.9 %
 * and 14.4 over an hour. A service younger than its window divides by the events that it had, so it crosses sooner:
 * t = h·(θ − e₀)/(e − θ).
 *
 * @returns seconds after the start of the fault, or infinity when the threshold is not crossed at all.
 */
export function crossingSeconds(prediction: Prediction): number {
  const { longSeconds, shortSeconds } = prediction;
  return Math.max(crossing(prediction, longSeconds), crossing(prediction, shortSeconds));
}

/**
 * Computes when the short window falls below the threshold again after the fault ended: S·(1 − (θ − e₀)/(e − e₀)).
 *
 * @param prediction of a fault that lasted at least until the crossing.
 * @returns seconds after the end of the fault.
 */
export function resetSeconds({ threshold, shortSeconds, badBefore, badDuring }: Prediction): number {
  return shortSeconds * (1 - (threshold - badBefore) / (badDuring - badBefore));
}

function crossing(
  { threshold, historySeconds, badBefore, badDuring }: Prediction,
  windowSeconds: number,
): number {
  if (badDuring <= threshold) return Number.POSITIVE_INFINITY;
  if (badBefore >= threshold) return 0;
  const young = (historySeconds * (threshold - badBefore)) / (badDuring - threshold);
  if (historySeconds + young <= windowSeconds) return young;
  return (windowSeconds * (threshold - badBefore)) / (badDuring - badBefore);
}
