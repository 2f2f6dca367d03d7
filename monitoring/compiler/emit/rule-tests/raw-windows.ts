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
 * @param longer every longer window that is recorded, in seconds.
 * @param atSeconds the moment at which all is looked at.
 * @returns no test when the SLO's queries are more than plain selectors: nobody can invent their raw series.
 */
export function rawWindowTests(
  slo: Slo,
  windows: readonly number[],
  longer: readonly number[],
  atSeconds: number,
): RuleTest[] {
  const raw = rawSeries(slo);
  if (raw === undefined) return [];
  const scrapes = atSeconds / scrapeSeconds;
  const test = (name: string, inputs: readonly Input[], values: readonly ValueCheck[]): RuleTest => ({
    name: `${slo.name}: ${name}`,
    intervalSeconds: scrapeSeconds,
    inputs,
    values,
  });
  const running = (weight: number): string =>
    sharedValues(["running", scrapes, weight], () => count(scrapes, weight));
  const again = (weight: number): string =>
    sharedValues(["restarted", scrapes, weight], () => restarted(count(scrapes, weight)));
  const still = (weight: number): string => constant(weight, scrapes + 1);
  const withoutErrors = raw.filter((series) => series.role !== "marked");
  const others = raw.filter((series) => series.role === "excluded");
  return [
    test(
      "raw counters become events of each window",
      [...feed(raw, running), ...recordedNeighbours(slo, windows, scrapes)],
      [
        ...windows.flatMap((window) => eventChecks(slo, raw, window, atSeconds)),
        ...windows.flatMap((window) => shareChecks(slo, raw, window, atSeconds)),
        ...slideChecks(slo, raw, atSeconds),
      ],
    ),
    test(
      "a counter that starts again from 0 loses nothing",
      feed(raw, again),
      windows.flatMap((window) => eventChecks(slo, raw, window, atSeconds)),
    ),
    test(
      "a series that was never written counts as none",
      feed(withoutErrors, running),
      windows.flatMap((window) => eventChecks(slo, withoutErrors, window, atSeconds)),
    ),
    test(
      "an idle service keeps its ratio at 1 and burns nothing",
      feed(raw, still),
      windows.flatMap((window) => idleChecks(slo, window, atSeconds)),
    ),
    test(
      "without a total series nothing is claimed",
      [...feed(others, running), ...recordedNeighbours(slo, [...windows, ...longer], scrapes)],
      // The objective itself is all that is left.
      [expectNumber(`count(${own("", slo)})`, 1, atSeconds)],
    ),
  ];
}

function feed(series: readonly RawSeries[], counter: (weight: number) => string): Input[] {
  return series.map(({ text, weight }) => ({ series: text, values: counter(weight) }));
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

function eventChecks(slo: Slo, raw: readonly RawSeries[], window: number, at: number): ValueCheck[] {
  const { bad, total } = weightsOf(slo, raw);
  const events = eventsIn(window);
  return [
    expectValue(slo, sloSeries.total(slo.sli, window), exact(total * events), at, { within }),
    expectValue(slo, sloSeries.bad(slo.sli, window), exact(bad * events), at, { within }),
  ];
}

function shareChecks(slo: Slo, raw: readonly RawSeries[], window: number, at: number): ValueCheck[] {
  const { bad, total } = weightsOf(slo, raw);
  const share = bad / total;
  const rate = exact(share / (1 - slo.target));
  const ratio = expectValue(slo, sloSeries.ratio(slo.sli, window), exact(1 - share), at, {
    within: within / 10,
  });
  if (window === MINUTE) return [ratio];
  return [ratio, expectValue(slo, sloSeries.burnRate(slo.sli, window), rate, at, { within })];
}

function slideChecks(slo: Slo, raw: readonly RawSeries[], at: number): ValueCheck[] {
  const { bad, total } = weightsOf(slo, raw);
  const events = eventsIn(5 * MINUTE);
  const older = { within, labels: { [label.part]: olderPart } };
  return [
    expectValue(slo, sloSeries.totalSlide(slo.sli), exact(total * events), at, older),
    expectValue(slo, sloSeries.badSlide(slo.sli), exact(bad * events), at, older),
  ];
}

/** Bad and total events per event of the traffic that is played. */
function weightsOf(slo: Slo, raw: readonly RawSeries[]): { readonly bad: number; readonly total: number } {
  const sum = (what: "total" | "marked"): number =>
    raw.reduce((sum, series) => sum + (series[what] ? series.weight : 0), 0);
  const countsGood = slo.indicator.kind === "events" && slo.indicator.good !== undefined;
  return { total: sum("total"), bad: countsGood ? sum("total") - sum("marked") : sum("marked") };
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
  let from = 0;
  for (const [minutesAgo, perScrape] of busier) {
    const to = Math.min(window, minutesAgo * MINUTE);
    events += (Math.max(0, to - from) / scrapeSeconds) * perScrape;
    from = to;
  }
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
