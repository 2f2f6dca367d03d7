import { TooMuchAtOnce } from "../errors.ts";
import type { PrometheusReader, Series } from "./prometheus.ts";
import type { EventQueries } from "./event-queries.ts";

/** What happened in successive steps. Index 0 is the step that ends at `from`. */
export interface EventChunk {
  /** The end of the first step, in seconds since 1970. */
  readonly from: number;
  /** Events of each step; NaN where nothing is known. */
  readonly total: Float64Array;
  /** Good or bad events, as the queries say. */
  readonly part: Float64Array;
}

export interface Span {
  /** The ends of the first and of the last step, in seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** In seconds. */
  readonly step: number;
}

/** Prometheus gives at most 11,000 points an answer. */
const MOST_POINTS = 10_000;
/** Fewer than that at once, and something else is wrong. */
const FEWEST_POINTS = 60;

/**
 * Reads the events of a span, chunk by chunk: only one chunk is in memory, and the next one on its way. What is too
 * much for Prometheus at once is asked in halves, and smaller from then on.
 *
 * @throws BacktestError
 */
export async function* readEvents(
  reader: PrometheusReader,
  queries: EventQueries,
  { from, to, step }: Span,
): AsyncGenerator<EventChunk> {
  const last = Math.round((to - from) / step);
  let size = MOST_POINTS;
  const ask = async (first: number): Promise<EventChunk> => {
    for (;;) {
      const count = Math.min(size, last - first + 1);
      try {
        return await readChunk(reader, queries, from + first * step, count, step);
      } catch (error) {
        if (!(error instanceof TooMuchAtOnce) || count <= FEWEST_POINTS) throw error;
        size = Math.min(size, Math.ceil(count / 2));
      }
    }
  };
  let next = ask(0);
  for (let index = 0; index <= last;) {
    const chunk = await next;
    index += chunk.total.length;
    if (index <= last) {
      next = ask(index);
      // Whoever stops listening to the generator still must not meet an unhandled rejection.
      next.catch(() => undefined);
    }
    yield chunk;
  }
}

async function readChunk(
  reader: PrometheusReader,
  { total, part }: EventQueries,
  from: number,
  count: number,
  step: number,
): Promise<EventChunk> {
  const to = from + (count - 1) * step;
  const [totals, parts] = await Promise.all([
    reader.range(total, from, to, step),
    reader.range(part, from, to, step),
  ]);
  return { from, total: spread(totals, from, count, step), part: spread(parts, from, count, step) };
}

/** Puts points at their steps. */
function spread({ times, values }: Series, from: number, count: number, step: number): Float64Array {
  const steps = new Float64Array(count).fill(Number.NaN);
  for (const [index, time] of times.entries()) {
    steps[Math.round((time - from) / step)] = wholeWhereClose(values[index] ?? Number.NaN);
  }
  return steps;
}

/** Counts are divided and multiplied by the step on their way: 7 arrives as 7.000000000000001. */
function wholeWhereClose(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 ? whole : value;
}
