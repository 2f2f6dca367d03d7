/** Every number that bounds the dashboards, in one place. Sizes are bytes, times are milliseconds unless a name says else. */
import { DAY, MINUTE } from "../../compiler/duration.ts";

const kB = 1024;
const MB = 1024 * kB;

/** One dashboard file, and how many of them are read. */
export const libraryLimits = { files: 100, fileBytes: 1 * MB, panels: 100 } as const;

/**
 * Questions to the data sources: how long to wait, how long one answer may be, how many are asked at one moment by all
 * pages together, and for how long an answer serves whoever asks the same.
 */
export const askLimits = {
  timeout: 8000,
  answer: 4 * MB,
  atOnce: 6,
  freshFor: 5000,
  keptAnswers: 60,
  // As text; parsed, it is several times as much.
  keptBytes: 2 * MB,
} as const;

/** How many points a range is asked for, at most, by what draws them. */
export const points = { timeseries: 400, stat: 100, "state-timeline": 200, heatmap: 80, other: 200 } as const;

/** The step of a range is never shorter, in seconds: the shortest scrape interval of the stack. */
export const SHORTEST_STEP = 5;

/** The scrape interval that `$__rate_interval` is made of, in seconds; the provisioned data source says the same. */
export const SCRAPE_INTERVAL = 15;

/** How many of what one panel shows; what is left out is said in words. */
export const shown = {
  series: 40,
  rows: 100,
  lanes: 30,
  tiles: 24,
  buckets: 40,
  logLines: 200,
  annotations: 60,
} as const;

/** Values of one variable, in Prometheus' answer and in the page. */
export const MAX_VARIABLE_VALUES = 200;

/** What a browser may send: the length of one value, and how many values a variable is given. */
export const requestLimits = { value: 200, values: 50 } as const;

/** The longest and the shortest range, in seconds. */
export const rangeLimits = { shortest: MINUTE / 6, longest: 400 * DAY } as const;

/** How much of a text panel, of one log line and of one table cell is shown, in characters. */
export const clipAt = { text: 20_000, line: 2000, cell: 300, name: 160 } as const;
