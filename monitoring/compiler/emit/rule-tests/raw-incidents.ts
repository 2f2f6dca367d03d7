/** The fastest tier from end to end: raw counters in, a page out. */
import { HOUR, duration } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { percent } from "../../rules/annotations.ts";
import { constructionOf } from "../../windows.ts";
import type { Tier } from "../../windows.ts";
import { expectFiring } from "./checks.ts";
import { rawSeries } from "./raw-series.ts";
import type { RuleTest } from "./rule-test.ts";
import { incidentShares, playIncident, trafficRate } from "./scenario.ts";
import { sharedValues } from "./series.ts";

const scrapeSeconds = 15;
/** Forty events a second, where nothing asks for more. */
const usualEventsPerScrape = 600;

/** A full outage and a partial one; no test when a tier's long window is not raw, or raw series cannot be invented. */
export function rawIncidentTests(slo: Slo, tier: Tier, step: number): RuleTest[] {
  const raw = rawSeries(slo);
  if (raw === undefined || slo.budgeting.method !== "Occurrences") return [];
  if (constructionOf(tier.longSeconds) !== "short") return [];
  const shares = incidentShares(tier, slo.target);
  return shares.map((share) => rawIncidentTest(slo, tier, share, step));
}

function rawIncidentTest(slo: Slo, tier: Tier, share: number, step: number): RuleTest {
  const start = Math.ceil(tier.longSeconds / HOUR) * HOUR;
  const enough = trafficRate(slo.alerting.minimumEvents, tier.longSeconds) * scrapeSeconds;
  // Whole percents of whole hundreds: promtool adds fractions up, and their noise can look like a counter reset.
  const eventsPerScrape = Math.max(usualEventsPerScrape, Math.ceil(enough / 100) * 100);
  const errorPercent = Math.round(share * 100);
  const errorRatio = errorPercent / 100;
  const badPerScrape = (errorPercent * eventsPerScrape) / 100;
  const { scenario, moments } = playIncident({ slo, tier, errorRatio, start, step });
  const { fires, clears } = moments;
  const scrapes = (): number[] =>
    Array.from({ length: clears / scrapeSeconds + 1 }, (_, index) => index * scrapeSeconds);
  const isGood = slo.indicator.kind === "events" && slo.indicator.good !== undefined;
  const badUntil = (at: number): number =>
    (Math.max(0, Math.min(at, scenario.end) - start) / scrapeSeconds) * badPerScrape;
  const all = (at: number): number => (at / scrapeSeconds) * eventsPerScrape;
  const marked = isGood ? (at: number): number => all(at) - badUntil(at) : badUntil;
  const series = (rawSeries(slo) ?? []).filter(({ role }) => role !== "excluded");
  const isShared = series.some(({ role, total }) => role === "marked" && total);
  const plain = isShared ? (at: number): number => all(at) - marked(at) : all;
  return {
    name:
      `${slo.name}: with ${percent(errorRatio)} bad in the raw counters, ${tier.name} fires ` +
      `${duration(fires - start)} after the start and clears ${duration(clears - scenario.end)} after the end`,
    intervalSeconds: scrapeSeconds,
    inputs: series.map(({ text, role }) => ({
      series: text,
      values: sharedValues(
        [role, String(isGood), String(isShared), eventsPerScrape, badPerScrape, start, scenario.end, clears],
        () => scrapes().map(role === "marked" ? marked : plain),
      ),
    })),
    values: [
      expectFiring(slo, tier, 0, fires - step),
      expectFiring(slo, tier, 1, fires),
      expectFiring(slo, tier, 1, clears - step),
      expectFiring(slo, tier, 0, clears),
    ],
  };
}
