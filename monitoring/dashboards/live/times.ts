/** The steps and windows that Grafana would take, so that a query is tried as it will be asked. */
import { duration, parseDuration } from "../../compiler/duration.ts";
import type { Times } from "../check/variables.ts";

/** Points of a graph; Grafana takes the panel's width in pixels. */
const POINTS = 240;
/** Seconds; `timeInterval` of the data source. */
const SCRAPE = 15;

export interface Asked extends Times {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Seconds. */
  readonly step: number;
}

/**
 * Tells over which time, in which steps and with which windows a query is asked.
 *
 * @param from as a dashboard has it: `now-6h`.
 * @param interval the query's least step, such as `2m`.
 * @param now seconds since 1970.
 */
export function timesOf(from: string, interval: string | undefined, now: number): Asked {
  const range = parseDuration(from.replace(/^now-/, ""));
  const least = interval === undefined ? SCRAPE : parseDuration(interval);
  const step = Math.max(Math.ceil(range / POINTS), least);
  return {
    from: now - range,
    to: now,
    step,
    interval: duration(step),
    // Grafana: $__rate_interval = max($__interval + scrape interval, 4 × scrape interval).
    rateInterval: duration(Math.max(step + least, 4 * least)),
    range: duration(range),
  };
}
