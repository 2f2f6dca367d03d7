/** Windows above an hour, fed through what is recorded: the newest hour, slides and tiles. */
import { exact } from "../../decimal.ts";
import { HOUR, MINUTE, duration } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { label, olderPart, sloSeries } from "../../names.ts";
import { expectValue, isPeriod } from "./checks.ts";
import { fed, fedBad, neighbours, ownInput } from "./neighbours.ts";
import { idleChecks } from "./raw-windows.ts";
import type { Input, RuleTest, ValueCheck } from "./rule-test.ts";
import { constant, sharedValues } from "./series.ts";

const part = { [label.part]: olderPart };
const alarming = 1_000_000;
/** What the newest hour counted. */
const newest = { total: 3000, bad: 30, difference: -2970 };

/** A kind of window, and the older counts that it adds up. */
interface Older {
  readonly windows: readonly number[];
  readonly total: string;
  readonly bad: string;
  /** Seconds between two counts, and how old the newest of them is that a window takes. */
  readonly step: number;
  readonly newestAge: number;
  /** In how many counts an event is. */
  readonly counts: number;
}

/** Tests of medium windows at a moment, in seconds. */
export function mediumWindowTests(slo: Slo, windows: readonly number[], atSeconds: number): RuleTest[] {
  const older: Older = {
    windows,
    total: sloSeries.totalSlide(slo.sli),
    bad: sloSeries.badSlide(slo.sli),
    step: MINUTE,
    newestAge: 58 * MINUTE,
    counts: 5,
  };
  return olderTests(slo, older, atSeconds);
}

/** Tests of long windows at a moment, in seconds. */
export function longWindowTests(slo: Slo, windows: readonly number[], atSeconds: number): RuleTest[] {
  const steps = [4, 8, 12, 20, 24, 36, 40, 60, 72].map((minutes) => minutes * MINUTE);
  const older: Older = {
    windows,
    total: sloSeries.totalTile(slo.sli),
    bad: sloSeries.badTile(slo.sli),
    // One tile of several is fed: promtool loads at most 10,000 samples for one rule.
    step: steps.find((step) => Math.max(...windows, 0) / step < 3000) ?? 2 * HOUR,
    newestAge: 0,
    counts: 1,
  };
  return olderTests(slo, older, atSeconds);
}

function olderTests(slo: Slo, older: Older, at: number): RuleTest[] {
  if (older.windows.length === 0) return [];
  const samples = at / older.step + 1;
  const hourly = [sloSeries.total(slo.sli, HOUR), sloSeries.bad(slo.sli, HOUR)];
  const own = older.windows.flatMap((window) => [
    sloSeries.total(slo.sli, window),
    sloSeries.bad(slo.sli, window),
  ]);
  const latest = `_x${samples - 1} ${alarming}`;
  const beside = [
    ...[...hourly, ...own].flatMap((series) => neighbours(slo, series, latest)),
    ...[older.total, older.bad].flatMap((series) =>
      neighbours(slo, series, constant(alarming, samples), part),
    ),
  ];
  const newestHour = [
    ownInput(slo, sloSeries.total(slo.sli, HOUR), constant(newest.total, samples), fed),
    ownInput(slo, sloSeries.bad(slo.sli, HOUR), constant(fedBad(slo, newest), samples), fed),
  ];
  // Each count is larger than the one before, so that no other range has the same sum.
  const rising = (share: number): string =>
    sharedValues(["rising", samples, share], () =>
      Array.from({ length: samples }, (_, index) => (1000 + index) * share),
    );
  const before: Input[] = [
    ownInput(slo, older.total, rising(1), part),
    ownInput(slo, older.bad, rising(0.001), part),
  ];
  const idle = hourly
    .map((series) => ownInput(slo, series, constant(0, samples)))
    .concat([older.total, older.bad].map((series) => ownInput(slo, series, constant(0, samples), part)));
  const names = older.windows.map(duration).join(", ");
  const test = (name: string, inputs: readonly Input[], values: readonly ValueCheck[]): RuleTest => ({
    name: `${slo.name}: ${names} ${name}`,
    intervalSeconds: older.step,
    inputs,
    values,
  });
  const hour = { total: newest.total, bad: newest.bad };
  const nothing = { total: 0, bad: 0 };
  const counts = (window: number): Events => olderEvents(older, window, at);
  const each = (checks: (window: number) => ValueCheck[]): ValueCheck[] => older.windows.flatMap(checks);
  return [
    test(
      "are the newest hour and what was recorded before",
      [...newestHour, ...before, ...beside],
      each((window) => [
        ...eventChecks(slo, window, at, hour, counts(window)),
        ...shareChecks(slo, window, at, hour, counts(window)),
      ]),
    ),
    test(
      "of a young service are its newest hour",
      newestHour,
      each((window) => eventChecks(slo, window, at, hour, nothing)),
    ),
    test(
      "outlive the newest hour",
      before,
      each((window) => eventChecks(slo, window, at, nothing, counts(window))),
    ),
    test(
      "of an idle service stay good",
      idle,
      each((window) => [
        ...idleChecks(slo, window, at).filter((check) => !isPeriodBurnRate(slo, window, check)),
        ...(isPeriod(slo, window)
          ? [expectValue(slo, sloSeries.remaining(slo.sli), 1, at, { within: 0 })]
          : []),
      ]),
    ),
  ];
}

interface Events {
  readonly bad: number;
  readonly total: number;
}

function eventChecks(slo: Slo, window: number, at: number, newest: Events, older: Events): ValueCheck[] {
  return [
    expectValue(slo, sloSeries.total(slo.sli, window), exact(newest.total + older.total), at),
    expectValue(slo, sloSeries.bad(slo.sli, window), exact(newest.bad + older.bad), at),
  ];
}

function shareChecks(slo: Slo, window: number, at: number, newest: Events, older: Events): ValueCheck[] {
  const share = (newest.bad + older.bad) / (newest.total + older.total);
  const rate = exact(share / exact(1 - slo.target));
  return [
    expectValue(slo, sloSeries.ratio(slo.sli, window), exact(1 - share), at, { within: 1e-9 }),
    isPeriod(slo, window)
      ? expectValue(slo, sloSeries.remaining(slo.sli), exact(1 - rate), at)
      : expectValue(slo, sloSeries.burnRate(slo.sli, window), rate, at),
  ];
}

/** The rising counts of a window that are older than the newest hour; one in a thousand is bad. */
function olderEvents({ step, newestAge, counts }: Older, window: number, at: number): Events {
  const many = Math.ceil((window - HOUR) / step);
  const last = 1000 + (at - newestAge) / step;
  const total = (many * last - (many * (many - 1)) / 2) / counts;
  return { total, bad: total * 0.001 };
}

/** The period has a budget left instead of a burn rate, unless a tier asks for both. */
function isPeriodBurnRate(slo: Slo, window: number, check: ValueCheck): boolean {
  return isPeriod(slo, window) && check.expr.includes(sloSeries.burnRate(slo.sli, window));
}
