/** Every number that bounds the console, in one place. Sizes are bytes, times are milliseconds unless a name says else. */
import { DAY, MINUTE } from "../compiler/duration.ts";

const kB = 1024;
const MB = 1024 * kB;

/** What one delivery may weigh. PagerDuty's limit is PagerDuty's own (Events API v2 overview, "Size limits"). */
export const bodyLimits = {
  pagerduty: 512 * kB,
  slack: 1 * MB,
  watchdog: 256 * kB,
  email: 1 * MB,
  /** All bodies that are being read at one moment; a request beyond it is asked to come again. */
  inFlight: 8 * MB,
  /** How much of a refused body is read and thrown away, so that its connection stays good for the next delivery. */
  discarded: 16 * MB,
} as const;

/** How much is kept. The oldest goes first. */
export const notificationLimits = { count: 15_000, bytes: 64 * MB, segmentBytes: 4 * MB } as const;

/** Refused deliveries are kept apart, so that a flood of them can never push out a page. */
export const refusalLimits = { count: 500, bytes: 2 * MB, segmentBytes: 256 * kB } as const;

/** How much of a refused body is kept as evidence, in characters. */
export const REFUSED_SAMPLE = 2000;

/** How long one known field (a service, a tier, …) and one summary may be in the list, in characters. */
export const FIELD_LENGTH = 100;
export const SUMMARY_LENGTH = 1024;
export const LIST_SUMMARY_LENGTH = 200;
export const MAX_LINKS = 12;
export const MAX_URL = 2048;

/** The API and the inbox page. */
export const listLimits = { apiDefault: 100, apiMax: 1000, page: 60 } as const;

/** How many of the open incidents the inbox page names. */
export const SHOWN_INCIDENTS = 20;

/** How much of a payload a page shows; all of it is one click away. In characters. */
export const SHOWN_PAYLOAD = 64_000;
export const SHOWN_TEXT = 40_000;

export const smtpLimits = { clients: 10, recipients: 20, socketTimeout: 30_000 } as const;

/** Live updates: open streams, the shortest pause between two updates, and the pause after which a stream says it is alive. */
export const liveLimits = { streams: 64, pause: 500, heartbeat: 15_000 } as const;

/** Questions to Prometheus: how often, how long to wait, and how long an answer may be. */
export const prometheusLimits = {
  interval: 5000,
  shortestInterval: 1000,
  timeout: 3000,
  answer: 8 * MB,
} as const;

/**
 * Failures to deliver that Alertmanager counts: how far back, how finely, how many bursts at most, and how long it is
 * quiet between two of them, all in seconds but the number.
 */
export const lostLimits = { windowSeconds: 6 * 3600, stepSeconds: 30, shown: 50, apartSeconds: 120 } as const;

/**
 * The dead man's switch, at real scale in seconds: Alertmanager repeats the Watchdog every minute (its route says so),
 * so three minutes without it are two lost beats in a row. A time scale divides it, but never below the shortest
 * silence that means anything.
 */
export const watchdogSilence = { seconds: 3 * MINUTE, shortestSeconds: 15 } as const;

/** The SLO period that is assumed while no 30-day (or other) ratio is recorded yet, in seconds. */
export const ASSUMED_PERIOD = 30 * DAY;

/** The faults that were seen; one takes some 2 kB, written a few times. */
export const faultLogLimits = { count: 400, segmentBytes: 256 * kB } as const;

/** How often the admin listeners are asked which faults are on, and how long an answer may take. */
export const faultWatchTimes = { interval: 1000, timeout: 2000 } as const;

/** What incidents are told from, newest first, and how many the page of incidents shows. */
export const storyLimits = { notifications: 3000, faults: 200, shown: 60 } as const;

/** A form of one of our own pages. */
export const FORM_BYTES = 2 * kB;

/**
 * Questions about one incident: as recorded up to so many seconds, then so many points a series; how many incidents'
 * answers are kept, and for how many milliseconds.
 */
export const timelineLimits = { rawSeconds: 7200, points: 480, kept: 8, keptFor: 2000 } as const;

/** A backtest: its thread's memory and time, how many alerts are kept of it, and the longest file that is read back. */
export const backtestLimits = {
  memory: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 },
  time: 10 * 60_000,
  firings: 10_000,
  kept: 4 * MB,
} as const;
