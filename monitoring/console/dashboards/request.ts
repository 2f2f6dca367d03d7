import type { ReadDashboard } from "./schema/read.ts";
import { readRange } from "./time-range.ts";
import type { TimeRange } from "./time-range.ts";
import type { Wanted } from "./variables/resolve.ts";
import { requestLimits } from "./limits.ts";

/** What a browser asks for, in the parameters of Grafana's `/d/<uid>`: it can choose values and a time, and no query. */
export interface DashboardRequest {
  readonly range: TimeRange;
  readonly wanted: Wanted;
  /** What of the address could not be used, in words; null when all of it could. */
  readonly problem: string | null;
}

/**
 * Reads `from`, `to`, `time`, `time.window` and `var-<name>` of an address; others are Grafana's own and change nothing.
 * A range that cannot be read gives way to the dashboard's.
 */
export function readRequest(
  query: URLSearchParams,
  { time }: Pick<ReadDashboard, "time">,
  now: Date,
): DashboardRequest {
  const wanted: Record<string, string[]> = {};
  for (const [key, value] of query) {
    const name = /^var-(\w{1,50})$/.exec(key)?.[1];
    if (name !== undefined) (wanted[name] ??= []).push(value.slice(0, requestLimits.value));
  }
  try {
    return { range: rangeOf(query, time, now), wanted, problem: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      range: readRange(time.from, time.to, now),
      wanted,
      problem: `${error.message}. This is the dashboard's own range.`,
    };
  }
}

/** `time` and `time.window` are a moment and the milliseconds around it, as Grafana's links from a graph have them. */
function rangeOf(
  query: URLSearchParams,
  own: { readonly from: string; readonly to: string },
  now: Date,
): TimeRange {
  const moment = query.get("time");
  const width = query.get("time.window");
  if (moment !== null && width !== null) {
    if (!/^\d{10,14}$/.test(moment) || !/^\d{1,12}$/.test(width))
      throw new RangeError(
        `time: got ${JSON.stringify(moment.slice(0, 40))} and a window of ${JSON.stringify(width.slice(0, 40))}, want milliseconds`,
      );
    const half = Number(width) / 2;
    return readRange(
      String(Math.round(Number(moment) - half)),
      String(Math.round(Number(moment) + half)),
      now,
    );
  }
  return readRange(
    query.get("from") || own.from,
    query.get("to") || (query.get("from") ? "now" : own.to),
    now,
  );
}

/** The parameters of an address that shows the same with another range. */
export function addressOf(uid: string, wanted: Wanted, from: string, to: string): string {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(wanted))
    for (const value of values) query.append(`var-${name}`, value);
  query.append("from", from);
  query.append("to", to);
  return `/dashboards/${uid}?${query.toString()}`;
}
