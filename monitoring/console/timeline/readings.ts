import type { Series } from "../overview/prometheus.ts";

type Points = Series["points"];

/** For how long an alert was in a state. Milliseconds since 1970; `to` is the evaluation at which it no longer was. */
export interface AlertSpan {
  readonly state: "pending" | "firing";
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the first moment from a start on at which two series are above a threshold, having been at or below it before.
 * Each holds its last value until its next one.
 *
 * @returns null when there is none, or when both were above it at the start already.
 */
export function firstAbove(long: Points, short: Points, threshold: number, start: number): number | null {
  const moments = [...new Set([...long, ...short].map(([at]) => at))].toSorted((a, b) => a - b);
  let [i, j] = [0, 0];
  let before = false;
  for (const at of moments) {
    while (i < long.length && (long[i]?.[0] ?? Infinity) <= at) i += 1;
    while (j < short.length && (short[j]?.[0] ?? Infinity) <= at) j += 1;
    const above = Math.min(long[i - 1]?.[1] ?? 0, short[j - 1]?.[1] ?? 0) > threshold;
    if (at >= start && above) return before ? null : at;
    if (at < start) before = above;
  }
  return null;
}

/**
 * Turns samples of `ALERTS` into stretches.
 *
 * @param step between two evaluations, in milliseconds; what is missing for longer has ended in between.
 * @param until when Prometheus was asked, in milliseconds since 1970: nothing is known of later.
 * @returns oldest first.
 */
export function alertSpans(alerts: readonly Series[], step: number, until: number): AlertSpan[] {
  const spans = alerts.flatMap(({ labels, points }) => {
    const state = labels["alertstate"] === "pending" ? "pending" : "firing";
    const found: { state: AlertSpan["state"]; from: number; to: number }[] = [];
    for (const [at] of points) {
      const last = found.at(-1);
      // A sample says that it held then; it is taken to have held until the next evaluation.
      const to = Math.min(at + step, until);
      if (last !== undefined && at - last.to <= 1.5 * step) last.to = to;
      else found.push({ state, from: at, to });
    }
    return found;
  });
  return spans.toSorted((a, b) => a.from - b.from);
}
