/** Short windows from raw counters: their lengths, matchers, resets, idleness, and what is missing. */
import { exact } from "../../decimal.ts";
import { MINUTE } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { label, olderPart, sloSeries } from "../../names.ts";
import { own } from "../../rules/promql.ts";
import { expectNumber, expectValue } from "./checks.ts";
import { neighbours } from "./neighbours.ts";
import { rawSeries } from "./raw-series.ts";
import type { RawSeries } from "./raw-series.ts";
import type { Input, RuleTest, ValueCheck } from "./rule-test.ts";
import { constant, sharedValues } from "./series.ts";
import type { Sample } from "./series.ts";

const scrapeSeconds = 15;
/** `increase` extrapolates over the rim of a window, and Prometheus 2 and 3 disagree about the rim. */
const within = 0.01;

/** Events per scrape, by how many minutes ago: no window can be taken for another. */
const busier: readonly (readonly [minutesAgo: number, perScrape: number])[] = [
  [1, 5],
  [5, 8],
  [30, 12],
  [60, 20],
  [Infinity, 40],
];

/**
 * Tests of the windows up to an hour.
 *
 * @param windows in seconds.
 * @param atSeconds the moment at which all is looked at.
 * @returns no test when the SLO's queries are more than plain selectors: nobody can invent their raw series.
 */
export function rawWindowTests(slo: Slo, windows: readonly number[], atSeconds: number): RuleTest[] {
  const raw = rawSeries(slo);
  if (raw === undefined) return [];
  const scrapes = atSeconds / scrapeSeconds;
  const base = { intervalSeconds: scrapeSeconds };
  const recorded = recordedNeighbours(slo, windows, scrapes);
  const feed = (series: readonly RawSeries[], counter: (perScrape: number) => string): Input[] => [
    ...series.map(({ text, weight }) => ({ series: text, values: counter(weight) })),
    ...recorded,
  ];
  const running = (weight: number): string =>
    sharedValues(["running", scrapes, weight], () => count(scrapes, weight));
  const withoutErrors = raw.filter((series) => series.role !== "marked");
  const others = raw.filter((series) => series.role === "excluded");
  const ever = { ...base, inputs: feed(raw, running), values: countChecks(slo, raw, windows, atSeconds) };
  return [
    { ...ever, name: `${slo.name}: raw counters become events of each window` },
    {
      ...ever,
      name: `${slo.name}: a counter that starts again from 0 loses nothing`,
      inputs: feed(raw, (weight) =>
        sharedValues(["restarted", scrapes, weight], () => restarted(count(scrapes, weight))),
      ),
    },
    {
      ...base,
      name: `${slo.name}: a series that was never written counts as none`,
      inputs: feed(withoutErrors, running),
      values: countChecks(slo, withoutErrors, windows, atSeconds),
    },
    {
      ...base,
      name: `${slo.name}: an idle service keeps its ratio at 1 and burns nothing`,
      inputs: feed(raw, (weight) => constant(weight, scrapes + 1)),
      values: windows.flatMap((window) => idleChecks(slo, window, atSeconds)),
    },
    {
      ...base,
      name: `${slo.name}: without a total series nothing is claimed`,
      inputs: feed(others, running),
      // The objective itself is all that is left.
      values: [expectNumber(`count(${own("", slo)})`, 1, atSeconds)],
    },
  ];
}

/** Exactly good, exactly at rest; windows that have no burn rate are not asked for one. */
export function idleChecks(slo: Slo, window: number, atSeconds: number): ValueCheck[] {
  return [
    expectValue(slo, sloSeries.total(slo.sli, window), 0, atSeconds),
    expectValue(slo, sloSeries.ratio(slo.sli, window), 1, atSeconds, { within: 0 }),
    ...(window === MINUTE
      ? []
      : [expectValue(slo, sloSeries.burnRate(slo.sli, window), 0, atSeconds, { within: 0 })]),
  ];
}

function countChecks(
  slo: Slo,
  raw: readonly RawSeries[],
  windows: readonly number[],
  at: number,
): ValueCheck[] {
  const weightOf = (what: "total" | "marked"): number =>
    raw.reduce((sum, series) => sum + (series[what] ? series.weight : 0), 0);
  const total = weightOf("total");
  const isGood = slo.indicator.kind === "events" && slo.indicator.good !== undefined;
  const bad = isGood ? total - weightOf("marked") : weightOf("marked");
  const share = bad / total;
  const older = { within, labels: { [label.part]: olderPart } };
  const checks = windows.flatMap((window) => {
    const events = eventsIn(window);
    return [
      expectValue(slo, sloSeries.total(slo.sli, window), exact(total * events), at, { within }),
      expectValue(slo, sloSeries.bad(slo.sli, window), exact(bad * events), at, { within }),
      expectValue(slo, sloSeries.ratio(slo.sli, window), exact(1 - share), at, { within: within / 10 }),
      ...(window === MINUTE
        ? []
        : [
            expectValue(slo, sloSeries.burnRate(slo.sli, window), exact(share / (1 - slo.target)), at, {
              within,
            }),
          ]),
    ];
  });
  const fiveMinutes = eventsIn(5 * MINUTE);
  return [
    ...checks,
    expectValue(slo, sloSeries.totalSlide(slo.sli), exact(total * fiveMinutes), at, older),
    expectValue(slo, sloSeries.badSlide(slo.sli), exact(bad * fiveMinutes), at, older),
  ];
}

/** A counter at every scrape up to the last; it appears ninety minutes before. */
function count(scrapes: number, weight: number): Sample[] {
  const values: Sample[] = [];
  let counter = 0;
  for (let scrape = 0; scrape <= scrapes; scrape++) {
    const isThere = scrape >= scrapes - (90 * MINUTE) / scrapeSeconds;
    if (isThere) counter += weight * perScrape(scrapes - scrape + 1);
    values.push(isThere ? counter : undefined);
  }
  return values;
}

/** The same counter, whose process was started anew twenty minutes ago. */
function restarted(values: readonly Sample[]): Sample[] {
  const restart = values.length - (20 * MINUTE) / scrapeSeconds;
  const lost = values[restart - 1] ?? 0;
  return values.map((value, index) => (value === undefined || index < restart ? value : value - lost));
}

function eventsIn(window: number): number {
  let events = 0;
  for (let scrapesAgo = 1; scrapesAgo <= window / scrapeSeconds; scrapesAgo++)
    events += perScrape(scrapesAgo);
  return events;
}

/** @param scrapesAgo 1 for the newest step */
function perScrape(scrapesAgo: number): number {
  const minutesAgo = (scrapesAgo * scrapeSeconds) / MINUTE;
  return (busier.find(([minutes]) => minutesAgo <= minutes) ?? [0, 0])[1];
}

function recordedNeighbours(slo: Slo, windows: readonly number[], scrapes: number): Input[] {
  return windows.flatMap((window) =>
    [sloSeries.total(slo.sli, window), sloSeries.bad(slo.sli, window)].flatMap((series) =>
      neighbours(slo, series, `_x${scrapes - 10} ${constant(1_000_000, 11)}`),
    ),
  );
}
