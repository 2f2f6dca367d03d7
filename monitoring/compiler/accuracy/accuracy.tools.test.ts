import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../duration.ts";
import { availability } from "../emit/lab-slos.ts";
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import { sloGroups } from "../rules/slo-groups.ts";
import { openMetrics, playHistory } from "./history.ts";
import type { History, HistoryPlan } from "./history.ts";
import { startBackfilled } from "./prometheus.ts";
import type { BackfilledPrometheus } from "./prometheus.ts";
import { unfold } from "./unfold.ts";

const stepSeconds = 60;
const end = Date.UTC(2026, 5, 30, 9) / 1000;
/** Scrapes do not happen on the minute, where windows begin and end. */
const lastScrape = end - 23;

/** Odd lengths and odd moments: nothing falls on a tile's edge by luck. */
const busy: HistoryPlan = {
  days: 30,
  stepSeconds,
  peakRate: 40,
  nightShare: 0.2,
  baseErrorRatio: 0.0002,
  restartHour: 301.5,
  incidents: [
    { startHour: 100.29, hours: 0.47, errorRatio: 0.31 },
    { startHour: 377.13, hours: 2.61, errorRatio: 0.04 },
    { startHour: 640.77, hours: 0.121, errorRatio: 1 },
  ],
};
const idleAtNight: HistoryPlan = {
  ...busy,
  nightShare: 0,
  peakRate: 3,
  incidents: [{ startHour: 278.3, hours: 0.31, errorRatio: 0.1 }],
};

const services: Readonly<Record<string, History>> = {
  busy: playHistory(busy),
  idle: playHistory(idleAtNight),
};

describe("thirty days of raw counters, scraped every minute", () => {
  let prometheus: BackfilledPrometheus | undefined;

  beforeAll(async () => {
    const series = Object.entries(services).flatMap(([service, { good, bad }]) => [
      { labels: `{service="${service}",path="/a",status="200"}`, stepSeconds, values: good },
      { labels: `{service="${service}",path="/a",status="500"}`, stepSeconds, values: bad },
    ]);
    prometheus = await startBackfilled(
      openMetrics([{ name: "http_requests_total", type: "counter", series }], lastScrape),
    );
  });

  afterAll(() => prometheus?.stop());

  async function recorded(slo: Slo, series: string): Promise<number> {
    const result = await prometheus?.query(unfold(series, sloGroups(slo, defaultLinkBases)), end);
    return result?.value ?? Number.NaN;
  }

  it.each(Object.entries(services))(
    "give the %s service's ratio to 0.1 %% and its budget to 0.1 points",
    async (service) => {
      const exact = services[service]?.exact ?? { bad: Number.NaN, total: Number.NaN };
      const slo = availability(service);
      const bad = await recorded(slo, sloSeries.bad("availability", 30 * DAY));
      const total = await recorded(slo, sloSeries.total("availability", 30 * DAY));
      const [share, exactShare] = [bad / total, exact.bad / exact.total];
      expect(Math.abs(share / exactShare - 1)).toBeLessThan(0.001);
      expect(Math.abs(share - exactShare) / 0.001).toBeLessThan(0.001);
      expect(Math.abs(total / exact.total - 1)).toBeLessThan(0.001);
    },
  );

  it("leave the budget alone in a night without a request", async () => {
    const groups = sloGroups(availability("idle"), defaultLinkBases);
    const remaining = unfold(sloSeries.remaining("availability"), groups);
    // The history ends at midnight, and its last request was more than four hours before.
    const before = await prometheus?.query(remaining, end - 2.5 * HOUR);
    const after = await prometheus?.query(remaining, end);
    expect(after?.value).toBeCloseTo(before?.value ?? Number.NaN, 9);
    const ratio = await prometheus?.query(unfold(sloSeries.ratio("availability", HOUR), groups), end);
    expect(ratio?.value).toBe(1);
  });
});
