/**
 * When a threshold was crossed by the events that came: the arithmetic of the prediction, over the raw counters of the
 * SLI instead of expected shares. No rule of ours has a part in it.
 */
import { HOUR } from "../../compiler/duration.ts";
import { slideSeconds, slidesPerEvent } from "../../compiler/rules/windows-above-an-hour.ts";
import { isPage } from "../../compiler/windows.ts";
import { firstPage, predictTiers } from "../../predict/predict.ts";
import { delays } from "../../predict/pipeline.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import { windowCounts, type Piece, type Timeline } from "../../predict/timeline.ts";
import { labSlos, sloFacts } from "./slos.ts";

/**
 * Counts from the longest paging window before a fault until now. The counters must not have begun anew since: a stack of
 * the benchmark has no past that was written, and its services run from its start to its end.
 *
 * @param name of one of the lab's SLOs.
 * @param faultOn milliseconds since 1970.
 * @returns seconds after the fault, and by how many rules that are right may find it earlier: two scrapes, and for windows
 *   of more than an hour two standard deviations of what events count for in them; nothing when no threshold of a page was
 *   crossed.
 * @throws RangeError for an unknown SLO; what the reader throws.
 */
export async function countedCrossing(
  reader: PrometheusReader,
  name: string,
  faultOn: number,
  timeScale: number,
): Promise<{ readonly tier: string; readonly crosses: number; readonly within: number } | undefined> {
  const facts = sloFacts(name);
  const paging = facts.tiers.filter(isPage);
  const longest = Math.max(...paging.map(({ longSeconds }) => longSeconds)) / timeScale;
  const scrape = Math.max(1, delays.scrape / timeScale);
  const timeline = await countedTimeline(reader, name, faultOn, longest, scrape);
  const page = firstPage(predictTiers({ ...facts, tiers: paging }, timeline, { timeScale }));
  if (page === undefined) return undefined;
  const { tier, crosses } = page;
  const seconds = paging.find(({ name }) => name === tier)?.longSeconds ?? 0;
  const { bad } = windowCounts(timeline, seconds / timeScale, crosses);
  // Counters say which events lie between two scrapes, not where, and a window has two ends.
  const scraped = 2 * scrape;
  const slid = seconds > HOUR ? (2 * slideDeviation(scrape, timeScale) * crosses) / Math.sqrt(bad) : 0;
  return { tier, crosses, within: scraped + slid };
}

/**
 * How much what one event counts for in a window of slides strays from 1 (one standard deviation). An event is in k slides
 * of n scrapes each, and `increase` makes n of the n - 1 steps that it sees: it counts for n / (n - 1), or for (k - 1) / k
 * of that when it came in the step that one of the slides does not see, the first of every m scrapes. The mean is 1. With
 * time as it is that is 0.06; at 30 times, with ten scrapes a slide, 0.11.
 */
function slideDeviation(scrape: number, timeScale: number): number {
  const k = slidesPerEvent;
  const n = slideSeconds / timeScale / scrape;
  const m = n / k;
  return (n / (n - 1) / k) * Math.sqrt((1 - 1 / m) / m);
}

async function countedTimeline(
  reader: PrometheusReader,
  name: string,
  faultOn: number,
  pastSeconds: number,
  scrape: number,
): Promise<Timeline> {
  const { bad, total } = countersOf(name);
  // A grid as fine as the scrapes would miss one now and then.
  const ask = (expression: string) =>
    reader.range(expression, faultOn - (pastSeconds + scrape) * 1000, Date.now(), scrape / 2);
  const [bads, totals, scrapes] = await Promise.all([
    ask(bad),
    ask(`sum(${total})`),
    // The moment of the scrape, not of the grid: an event is placed between the two scrapes around it.
    ask(`max(timestamp(${total}))`),
  ]);
  const badAt = new Map(bads.map(({ at, value }) => [at, value]));
  const scrapedAt = new Map(scrapes.map(({ at, value }) => [at, value]));
  const points = new Map(
    totals.map(({ at, value }) => {
      const seconds = (scrapedAt.get(at) ?? at / 1000) - faultOn / 1000;
      return [seconds, { at: seconds, bad: badAt.get(at) ?? 0, total: value }];
    }),
  );
  return piecesBetween([...points.values()]);
}

interface Point {
  readonly at: number;
  readonly bad: number;
  readonly total: number;
}

function piecesBetween(points: readonly Point[]): Piece[] {
  return points.slice(1).flatMap((point, index): Piece[] => {
    const before = points[index];
    if (before === undefined || point.at <= before.at) return [];
    const seconds = point.at - before.at;
    return [
      {
        from: before.at,
        to: point.at,
        badRate: (point.bad - before.bad) / seconds,
        totalRate: (point.total - before.total) / seconds,
      },
    ];
  });
}

/** Expressions of the counters: bad events, summed, and the series of all events. */
function countersOf(name: string): { readonly bad: string; readonly total: string } {
  const indicator = labSlos.find((slo) => slo.name === name)?.indicator;
  if (indicator?.kind !== "events") throw new RangeError(`no SLO that counts events is named ${name}`);
  const total = indicator.total.query;
  const bad = indicator.bad ? `sum(${indicator.bad.query})` : `sum(${total}) - sum(${indicator.good.query})`;
  return { bad, total };
}
