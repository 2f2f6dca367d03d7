/** Notifications that Alertmanager could not deliver, as its counters tell it: nobody has received them, so nobody else can. */
import { duration } from "../../compiler/duration.ts";
import { lostLimits } from "../limits.ts";
import type { Prometheus, Series } from "./prometheus.ts";

/** Failures to deliver to one integration for one reason that followed each other closely. Milliseconds since 1970. */
export interface LostDeliveries {
  /** Alertmanager's word for the kind of receiver: `pagerduty`, `slack`, `email`, `webhook`. */
  readonly integration: string;
  /** Alertmanager's word for what went wrong; null where this Alertmanager has none (before 0.27). */
  readonly reason: string | null;
  readonly count: number;
  /** When the counter was first seen to have grown, and when last. */
  readonly from: number;
  readonly to: number;
}

const COUNTER = "sum by (integration, reason) (alertmanager_notifications_failed_total) > 0";

/** Asks Prometheus for the failures of the last hours. @returns the newest first, bounded. @throws PrometheusError */
export async function askLostDeliveries(prometheus: Prometheus, now: Date): Promise<LostDeliveries[]> {
  const { windowSeconds, stepSeconds } = lostLimits;
  const range = `(${COUNTER})[${duration(windowSeconds)}:${duration(stepSeconds)}]`;
  return lostDeliveriesOf(await prometheus.range(range, now), now.getTime() - windowSeconds * 1000);
}

/**
 * Tells bursts of failures from counters.
 *
 * @param counters one a kind of receiver and reason; without the samples at which they were 0.
 * @param begins when the window began, milliseconds since 1970: what a counter has then was before it.
 * @returns the newest first, as many as are shown at most.
 */
export function lostDeliveriesOf(counters: readonly Series[], begins: number): LostDeliveries[] {
  const bursts = counters.flatMap(({ labels, points }) => {
    const { integration = "unknown", reason = null } = labels;
    const found: { integration: string; reason: string | null; count: number; from: number; to: number }[] =
      [];
    for (const [index, [at, value]] of points.entries()) {
      const before = points[index - 1]?.[1] ?? (at - begins < FIRST_STEPS ? value : 0);
      // Less than before: Alertmanager was started again, and counts from 0.
      const grown = Math.round(value >= before ? value - before : value);
      if (grown <= 0) continue;
      const open = found.at(-1);
      if (open === undefined || at - open.to > lostLimits.apartSeconds * 1000)
        found.push({ integration, reason: reason || null, count: grown, from: at, to: at });
      else Object.assign(open, { count: open.count + grown, to: at });
    }
    return found;
  });
  return bursts.toSorted((a, b) => b.from - a.from).slice(0, lostLimits.shown);
}

/** A counter that is there this soon was there before the window; milliseconds. */
const FIRST_STEPS = 2 * lostLimits.stepSeconds * 1000;
