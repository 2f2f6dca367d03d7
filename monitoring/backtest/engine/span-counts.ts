/** A span of time, such as an incident's; seconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Events within a span of time, such as an incident's. */
export interface SpanCount {
  /** Bad events from the beginning of the history until the span begins. */
  readonly badBefore: number;
  readonly bad: number;
  readonly total: number;
}

/**
 * Counts the events of spans that may overlap.
 *
 * @returns `add` takes each step: its end, and its bad and all events.
 */
export function countSpans(spans: readonly Span[]): {
  readonly add: (time: number, bad: number, total: number) => void;
  readonly counts: readonly SpanCount[];
} {
  const tallies = spans.map(({ start, end }) => ({ start, end, count: { badBefore: 0, bad: 0, total: 0 } }));
  return {
    add(time, bad, total) {
      for (const { start, end, count } of tallies) {
        if (time <= start) count.badBefore += bad;
        else if (time <= end) {
          count.bad += bad;
          count.total += total;
        }
      }
    },
    counts: tallies.map(({ count }) => count),
  };
}
