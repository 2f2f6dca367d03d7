/**
 * When each tier of a burn-rate alert crosses its threshold, fires, is heard of and clears: the arithmetic of
 * compiler/explain for any past and any traffic, instead of a clean and even one.
 */
import { errorThreshold } from "../compiler/explain/arithmetic.ts";
import { isPage } from "../compiler/windows.ts";
import type { Tier } from "../compiler/windows.ts";
import { tierDelays } from "./pipeline.ts";
import { intervalsAbove, intervalsWithEvents, overlap, type Interval, type Timeline } from "./timeline.ts";

/** What the arithmetic needs of an SLO; `generated/slos.json` and the compiler's model both have it. */
export interface AlertPolicy {
  readonly target: number;
  readonly tiers: readonly Pick<
    Tier,
    "name" | "severity" | "factor" | "longSeconds" | "shortSeconds" | "forSeconds"
  >[];
  /** Events that the long window must hold before an alert may fire. @default 0 */
  readonly minimumEvents?: number;
}

/** A moment that cannot be known to the second: nothing happens before `earliest`, all is done by `latest`. */
export interface Span {
  readonly earliest: number;
  readonly expected: number;
  readonly latest: number;
}

/** What becomes of one tier; all moments in seconds from now, Infinity when they never come. */
export interface TierPrediction {
  readonly tier: string;
  readonly severity: Tier["severity"];
  /** Share of bad events that both windows must exceed. */
  readonly threshold: number;
  /** When the long window first exceeds the threshold, and the short one; 0 when it does so already. */
  readonly longCrosses: number;
  readonly shortCrosses: number;
  /** When the alert's whole condition first holds, for as long as its `for` demands. */
  readonly crosses: number;
  /** When that condition ends. */
  readonly clears: number;
  /** Every time that it holds so long, in order. */
  readonly holds: readonly Interval[];
  /** When Prometheus sees it: scraping, evaluation and `for` come on top of `crosses`. */
  readonly fires: Span;
  /** When the first notification arrives: the wait of the alert's group comes on top. */
  readonly notified: Span;
  /** When the notification that it has ended arrives. */
  readonly resolved: Span;
}

export interface PredictOptions {
  /** How many times shorter the windows and intervals of this stack are. @default 1 */
  readonly timeScale?: number;
  /** Seconds from now until the next evaluation of a tier's alert, where that is known. @default anywhere */
  readonly nextEvaluation?: (tier: string) => number | undefined;
}

/** From Alertmanager's decision to the receiver; measured on loopback, and never less than nothing. Seconds. */
const DELIVERY = { least: 0, usual: 0.1, most: 1 } as const;

/**
 * Predicts every tier.
 *
 * @param timeline what was, and what is going to be: see history.ts and course.ts.
 * @returns the tiers in the policy's order.
 */
export function predictTiers(
  policy: AlertPolicy,
  timeline: Timeline,
  { timeScale = 1, nextEvaluation = () => undefined }: PredictOptions = {},
): TierPrediction[] {
  return policy.tiers.map((tier) => {
    const threshold = errorThreshold(tier.factor, policy.target);
    const [long, short] = [tier.longSeconds / timeScale, tier.shortSeconds / timeScale];
    const above = [long, short].map((seconds) => intervalsAbove(timeline, seconds, threshold));
    const enough = intervalsWithEvents(timeline, long, policy.minimumEvents ?? 0);
    const pending = (tier.forSeconds ?? 0) / timeScale;
    const holds = overlap([...above, enough]).filter(({ from, to }) => to - from > pending);
    const first = holds[0] ?? { from: Infinity, to: Infinity };
    const delays = tierDelays(tier, timeScale);
    const fires = seen(first.from, delays.scrape, delays.evaluation, pending, nextEvaluation(tier.name));
    const gone = seen(first.to, delays.scrape, delays.evaluation, 0, undefined);
    return {
      tier: tier.name,
      severity: tier.severity,
      threshold,
      longCrosses: above[0]?.[0]?.from ?? Infinity,
      shortCrosses: above[1]?.[0]?.from ?? Infinity,
      crosses: first.from,
      clears: first.to,
      holds,
      fires,
      notified: delivered(fires, delays.groupWait, delays.groupWait),
      resolved: delivered(gone, 0, delays.groupInterval),
    };
  });
}

/** The paging tier that crosses first, if one does at all. */
export function firstPage(predictions: readonly TierPrediction[]): TierPrediction | undefined {
  const pages = predictions.filter((each) => isPage(each) && each.crosses < Infinity);
  return pages.toSorted((a, b) => a.crosses - b.crosses)[0];
}

/** When an evaluation notices a change of the counters. */
function seen(
  at: number,
  scrape: number,
  evaluation: number,
  pending: number,
  nextEvaluation: number | undefined,
): Span {
  const earliest = at + pending;
  const latest = earliest + scrape + evaluation + (pending > 0 ? evaluation : 0);
  const usual = earliest + (scrape + evaluation) / 2;
  if (nextEvaluation === undefined || !Number.isFinite(at)) return { earliest, expected: usual, latest };
  const visible = earliest + scrape / 2;
  const turns = Math.max(0, Math.ceil((visible - nextEvaluation) / evaluation));
  return { earliest, expected: nextEvaluation + turns * evaluation, latest };
}

function delivered({ earliest, expected, latest }: Span, least: number, most: number): Span {
  return {
    earliest: earliest + least + DELIVERY.least,
    expected: expected + (least + most) / 2 + DELIVERY.usual,
    latest: latest + most + DELIVERY.most,
  };
}
