/** The smallest counts there are: one event, and one tile. */
import { decimal, exact } from "../../decimal.ts";
import { HOUR, MINUTE, duration } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { label, olderPart, sloSeries } from "../../names.ts";
import { expectValue, isPeriod } from "./checks.ts";
import { fed, fedBad, neighbours, ownInput } from "./neighbours.ts";
import type { RuleTest } from "./rule-test.ts";
import { constant, sharedValues } from "./series.ts";

const part = { [label.part]: olderPart };
const alarming = 1_000_000;

/**
 * One event in a window is enough to judge it, and one bad event is all bad.
 *
 * @param short the windows up to an hour, which are fed.
 * @param windows those that are looked at: short ones, or longer ones that hold the newest hour.
 */
export function singleEventTest(
  slo: Slo,
  short: readonly number[],
  windows: readonly number[],
  atSeconds: number,
): RuleTest {
  const single = { bad: 1, total: 1, difference: 0 };
  const before = atSeconds / HOUR;
  const values = (count: number): string => `_x${before} ${decimal(count)}`;
  return {
    name: `${slo.name}: a single bad event is all of ${windows.map(duration).join(", ")}`,
    intervalSeconds: HOUR,
    inputs: short.flatMap((window) => [
      ownInput(slo, sloSeries.total(slo.sli, window), values(single.total), fed),
      ownInput(slo, sloSeries.bad(slo.sli, window), values(fedBad(slo, single)), fed),
    ]),
    values: windows.flatMap((window) => {
      const rate = exact(1 / exact(1 - slo.target));
      return [
        expectValue(slo, sloSeries.ratio(slo.sli, window), 0, atSeconds),
        ...(isPeriod(slo, window)
          ? [expectValue(slo, sloSeries.remaining(slo.sli), 1 - rate, atSeconds)]
          : []),
        ...(isPeriod(slo, window) || window === MINUTE
          ? []
          : [expectValue(slo, sloSeries.burnRate(slo.sli, window), rate, atSeconds)]),
      ];
    }),
  };
}

/** A tile is the four slides that have just left the newest hour. */
export function tileTest(slo: Slo, at: number): RuleTest {
  const samples = at / MINUTE + 1;
  const slides = (share: number): string =>
    sharedValues(["slides", samples, share], () =>
      Array.from({ length: samples }, (_, minute) => (1000 + minute) * share),
    );
  const tile = [58, 59, 60, 61].reduce((sum, ago) => sum + 1000 + at / MINUTE - ago, 0) / 5;
  const [total, bad] = [sloSeries.totalSlide(slo.sli), sloSeries.badSlide(slo.sli)];
  return {
    name: `${slo.name}: a tile holds the four minutes that have just left the newest hour`,
    intervalSeconds: MINUTE,
    inputs: [
      ownInput(slo, total, slides(1), part),
      ownInput(slo, bad, slides(0.01), part),
      ...[total, bad].flatMap((series) => neighbours(slo, series, constant(alarming, samples), part)),
    ],
    values: [
      expectValue(slo, sloSeries.totalTile(slo.sli), exact(tile), at, { labels: part }),
      expectValue(slo, sloSeries.badTile(slo.sli), exact(tile / 100), at, { labels: part }),
    ],
  };
}
