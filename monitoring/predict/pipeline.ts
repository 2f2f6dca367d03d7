/**
 * How long a fact takes to become a page, apart from the arithmetic. A test compares the numbers with prometheus.yml and
 * alertmanager.yml; the evaluation interval is that of the rule group in which the tier's alert stands.
 */
import { constructions, groupOf } from "../compiler/windows.ts";
import type { Tier } from "../compiler/windows.ts";

/** Seconds at real scale: scraping the services, and the wait and interval of the route that a tier's alert takes. */
export const delays = {
  scrape: 5,
  critical: { groupWait: 5, groupInterval: 60 },
  warning: { groupWait: 60, groupInterval: 60 },
} as const;

/** No interval of a scaled stack gets shorter than this; seconds. */
const SHORTEST = 1;

/** What a tier's alert has to wait for, in seconds of this stack. */
export interface TierDelays {
  /** Between two scrapes: an event is seen so much later at most. */
  readonly scrape: number;
  /** Between two evaluations of the alert. */
  readonly evaluation: number;
  /** From the alert to its first notification. */
  readonly groupWait: number;
  /** Between two notifications: a resolved alert waits so long at most. */
  readonly groupInterval: number;
}

/** Tells the delays of a tier's alert in a stack whose intervals are N times shorter. */
export function tierDelays(tier: Pick<Tier, "severity" | "longSeconds">, timeScale = 1): TierDelays {
  const scaled = (seconds: number): number => Math.min(seconds, Math.max(SHORTEST, seconds / timeScale));
  const route = delays[tier.severity];
  return {
    scrape: scaled(delays.scrape),
    evaluation: scaled(constructions[groupOf(tier.longSeconds, [tier])].intervalSeconds),
    groupWait: scaled(route.groupWait),
    groupInterval: scaled(route.groupInterval),
  };
}
