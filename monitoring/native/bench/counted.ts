/**
 * When a threshold was crossed by the events that came: the arithmetic of the prediction, over the raw counters of the
 * SLI instead of expected shares. No rule of ours has a part in it.
 */
import { isPage } from "../../compiler/windows.ts";
import { firstPage, predictTiers } from "../../predict/predict.ts";
import { delays } from "../../predict/pipeline.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Piece, Timeline } from "../../predict/timeline.ts";
import { labSlos, sloFacts } from "./slos.ts";

/**
 * Counts from the longest paging window before a fault until now. The counters must not have begun anew since: a stack of
 * the benchmark has no past that was written, and its services run from its start to its end.
 *
 * @param name of one of the lab's SLOs.
 * @param faultOn milliseconds since 1970.
 * @returns seconds after the fault, and by how many they may be wrong; nothing when no threshold of a page was crossed.
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
  // Counters say which events lie between two scrapes, not where, and a window has two ends.
  return page && { tier: page.tier, crosses: page.crosses, within: 2 * scrape };
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
