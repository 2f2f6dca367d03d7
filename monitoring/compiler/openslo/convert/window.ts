import { DAY, duration } from "../../duration.ts";
import type { SloWindow } from "../../model.ts";
import { constructionOf } from "../../windows.ts";
import { defaultWindowSeconds, retentionFactor } from "../limits.ts";
import { field, has, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { SloSpec, TimeWindow } from "../schema/slo.ts";
import { nearest } from "../suggest.ts";
import { shown } from "../wording.ts";
import type { Context } from "./context.ts";
import { parseDuration } from "./duration.ts";

type Calendar = NonNullable<TimeWindow["calendar"]>;

/**
 * Reads an SLO's time window.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readWindow(spec: Node<SloSpec>, context: Context): SloWindow | undefined {
  const { log } = context;
  if (!has(spec, "timeWindow")) {
    log.warning(
      placeOf({ ...spec, path: [...spec.path, "timeWindow"] }),
      "time-window-missing",
      `timeWindow is absent; the specification lets it out, OpenSLO's SDK demands it, and ${duration(defaultWindowSeconds)} rolling is taken`,
      `Add timeWindow with duration: ${duration(defaultWindowSeconds)} and isRolling: true`,
    );
    return { kind: "rolling", seconds: defaultWindowSeconds };
  }
  const list = field(spec, "timeWindow");
  if (list === undefined) return undefined;
  if (list.value.length !== 1) {
    const got = list.value.length === 0 ? "no window" : `${list.value.length} windows`;
    log.error(placeOf(list), "one-window", `got ${got}, want exactly one`, "Write one SLO for each window");
    return undefined;
  }
  const window = items(list)[0];
  return window && readOne(window, context);
}

function readOne(window: Node<TimeWindow>, context: Context): SloWindow | undefined {
  const { log } = context;
  const length = field(window, "duration");
  const isRolling = field(window, "isRolling");
  const calendar = field(window, "calendar");
  if (has(window, "calendar") === (isRolling?.value ?? false)) {
    if (has(window, "isRolling") && isRolling === undefined) return undefined;
    log.error(
      placeOf(isRolling ?? window),
      "rolling-or-calendar",
      has(window, "calendar")
        ? "the window is rolling and has a calendar too"
        : "the window is not rolling and has no calendar",
      "Write isRolling: true, or calendar with startTime and timeZone",
    );
    return undefined;
  }
  const parsed = length && parseDuration(length.value);
  if (length === undefined || parsed === undefined || !checkRetention(length, parsed.seconds, context))
    return undefined;
  if (calendar !== undefined) return readCalendar(calendar, length, context);
  return has(window, "calendar") ? undefined : { kind: "rolling", seconds: parsed.seconds };
}

function readCalendar(
  calendar: Node<Calendar>,
  length: Node<string>,
  { log }: Context,
): SloWindow | undefined {
  const parsed = parseDuration(length.value);
  const start = field(calendar, "startTime");
  const timeZone = field(calendar, "timeZone");
  if (parsed === undefined || start === undefined || timeZone === undefined) return undefined;
  const { count, unit, seconds } = parsed;
  if (!isDateTime(start.value)) {
    log.error(
      placeOf(start),
      "bad-start-time",
      `got ${shown(start.value)}, want a date and time such as 2026-01-31 00:00:00`,
      "Write it without a time zone; that one stands in timeZone",
    );
  }
  if (!isTimeZone(timeZone.value)) {
    const guess = nearest(timeZone.value, Intl.supportedValuesOf("timeZone"));
    log.error(
      placeOf(timeZone),
      "bad-time-zone",
      `got ${shown(timeZone.value)}, want a name of the IANA time zone database`,
      guess === undefined ? "Write a name such as America/New_York or UTC" : `Did you mean "${guess}"?`,
    );
  }
  if (unit === "m" || unit === "h") {
    log.error(
      placeOf(length),
      "calendar-unit",
      `a calendar has no period of ${length.value}: ${unit === "m" ? "m is minutes" : "h is hours"}`,
      unit === "m"
        ? `Write ${count}M for months (the specification's own example has 1m)`
        : "Write d, w, M, Q or Y",
    );
    return undefined;
  }
  if (!isDateTime(start.value) || !isTimeZone(timeZone.value)) return undefined;
  return { kind: "calendar", count, unit, start: start.value, timeZone: timeZone.value, seconds };
}

function checkRetention(length: Node<string>, seconds: number, { log, retentionSeconds }: Context): boolean {
  const kept = duration(retentionSeconds);
  const enough = duration(Math.ceil((seconds * retentionFactor) / DAY) * DAY);
  if (seconds > retentionSeconds) {
    log.error(
      placeOf(length),
      "window-above-retention",
      `the window of ${length.value} is longer than Prometheus keeps samples (${kept})`,
      `Shorten it, or keep samples for ${enough} and say so with --retention`,
    );
    return false;
  }
  if (seconds * retentionFactor > retentionSeconds) {
    log.warning(
      placeOf(length),
      "retention-short",
      `samples are kept for ${kept}, less than ${retentionFactor} windows of ${length.value}; the window may lose its end`,
      `Keep them for ${enough}, or size the storage by disk, and say so with --retention`,
    );
  }
  return isCountable(length, seconds, log);
}

/** Long windows are put together from recorded pieces and must be made of whole ones. */
function isCountable(length: Node<string>, seconds: number, log: Context["log"]): boolean {
  try {
    constructionOf(seconds);
    return true;
  } catch (error) {
    log.error(
      placeOf(length),
      "window-length",
      (error as RangeError).message,
      "Choose the nearest such length",
    );
    return false;
  }
}

function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text);
  if (match === null) return false;
  const date = new Date(`${match[1]}T${match[2]}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${match[1]}T${match[2]}`);
}

/** Names alone: `Intl` would take offsets such as `+01:00` too, and OpenSLO does not. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
