/** What the recorded series know of an SLO's past: minute by minute as far as there are minutes, up to an hour; window by window before. */
import { HOUR, MINUTE } from "../compiler/duration.ts";
import { label, sloSeries } from "../compiler/names.ts";
import { constructions, groupOf, recordedWindows, type Tier } from "../compiler/windows.ts";
import type { Usual } from "./forecast.ts";
import { historyFromWindows, type WindowCounts } from "./history.ts";
import type { PrometheusReader, Sample } from "./prometheus-reader.ts";
import type { Piece, Timeline } from "./timeline.ts";
import { usualOf } from "./usual.ts";

/** Which SLO, and how far back its longest window looks (real scale, seconds). */
export interface ObservedSlo {
  readonly service: string;
  readonly slo: string;
  readonly sli: string;
  readonly tiers: readonly Pick<Tier, "severity" | "longSeconds">[];
}

/** The past of an SLO at a moment, and what is usual then. */
export interface Observation extends Usual {
  /** Milliseconds since 1970: the 0 of `past`. */
  readonly at: number;
  readonly past: Timeline;
  /** How long there has been traffic, in seconds, as far as windows tell. */
  readonly historySeconds: number;
}

/** A range below four scrape intervals is widened when time is scaled (compiler/time-scale.ts); seconds. */
const narrowest = (timeScale: number): number => 4 * Math.max(1, 15 / timeScale);

/** How much later than its interval a recorded series may be written: its rules run late where time runs fast. Seconds. */
const LATE = 15;

/** After a start the past's last value stands until the rules run, of long windows for four minutes. Seconds, real scale. */
const STANDS = 5 * MINUTE;

/**
 * Asks Prometheus.
 *
 * @param nowMs the moment to look from, milliseconds since 1970.
 * @throws what the reader throws.
 */
export async function observe(
  reader: PrometheusReader,
  slo: ObservedSlo,
  nowMs: number,
  timeScale = 1,
): Promise<Observation> {
  const own = `{${label.service}="${slo.service}",${label.slo}="${slo.slo}"}`;
  const slice = timeScale === 1 ? MINUTE : Math.max(MINUTE / timeScale, narrowest(timeScale));
  const hour = HOUR / timeScale;
  const slices = Math.floor(hour / slice);
  const last = (series: string, seconds: number): string =>
    `last_over_time(${series}${own}[${Math.ceil(seconds)}s])`;
  const newest = (series: string) =>
    reader.range(last(series, Math.max(LATE, slice)), nowMs - (slices - 1) * slice * 1000, nowMs, slice);
  const [bad, total, windows] = await Promise.all([
    newest(sloSeries.bad(slo.sli, MINUTE)),
    newest(sloSeries.total(slo.sli, MINUTE)),
    readWindows(reader, slo, last, nowMs, timeScale),
  ]);
  const recent = newestHour(nowMs, slice, bad, total);
  // A history that was loaded, or a Prometheus that was started again, has no minutes of its own: what the windows hold
  // more than the minutes was before them.
  const covered = {
    seconds: total.length === 0 ? 0 : (nowMs - Math.min(...total.map(({ at }) => at))) / 1000 + slice,
    bad: sum(recent.map(({ badRate }) => badRate * slice)),
    total: sum(recent.map(({ totalRate }) => totalRate * slice)),
  };
  const longer = windows.filter(({ seconds }) => seconds > covered.seconds);
  const older = historyFromWindows([covered, ...longer]).filter(({ to }) => to <= -covered.seconds);
  const past = [...older, ...recent];
  return {
    at: nowMs,
    past,
    ...usualOf(recent, older, slice),
    historySeconds: past.length === 0 ? 0 : 0 - Math.min(...past.map(({ from }) => from)),
  };
}

async function readWindows(
  reader: PrometheusReader,
  { sli, tiers }: ObservedSlo,
  last: (series: string, seconds: number) => string,
  nowMs: number,
  timeScale: number,
): Promise<WindowCounts[]> {
  const longest = Math.max(HOUR, ...tiers.map(({ longSeconds }) => longSeconds));
  const windows = new Set([...recordedWindows, ...tiers.map(({ longSeconds }) => longSeconds)]);
  const wanted = [...windows].filter((window) => window > MINUTE && window <= longest);
  const found = await Promise.all(
    wanted.map(async (window) => {
      // A day's window is written every four minutes: a shorter look would find it missing most of the time.
      const interval = constructions[groupOf(window, tiers)].intervalSeconds;
      const fresh = Math.max(interval / timeScale + LATE, STANDS / timeScale);
      const newest = (series: string) => reader.value(last(series, fresh), nowMs);
      const [total, bad] = await Promise.all([
        newest(sloSeries.total(sli, window)),
        newest(sloSeries.bad(sli, window)),
      ]);
      // A window that is not recorded tells nothing; the next longer one covers its time.
      return total === undefined ? [] : [{ seconds: window / timeScale, bad: bad ?? 0, total }];
    }),
  );
  return found.flat();
}

function newestHour(nowMs: number, slice: number, bad: readonly Sample[], total: readonly Sample[]): Piece[] {
  const badAt = new Map(bad.map(({ at, value }) => [at, value]));
  return total
    .filter(({ value }) => value > 0)
    .map(({ at, value }) => {
      const to = (at - nowMs) / 1000;
      const badRate = Math.min(value, badAt.get(at) ?? 0) / slice;
      return { from: to - slice, to: to === 0 ? 0 : to, badRate, totalRate: value / slice };
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
