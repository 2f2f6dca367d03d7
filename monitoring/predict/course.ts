import type { Piece, Timeline } from "./timeline.ts";

/** What is going to happen to one SLI. Seconds from now, and shares of its events from 0 to 1. */
export interface Course {
  /** Share of bad events while it lasts. */
  readonly badShare: number;
  /** Events per second while it lasts. */
  readonly eventsPerSecond: number;
  /** How long until the first bad answer: what hangs is counted when it ends. @default 0 */
  readonly delaySeconds?: number;
  /** When it ends. @default never */
  readonly lastsSeconds?: number;
  /** What follows: share of bad events, and events per second. @default no bad events, as many per second */
  readonly after?: { readonly badShare: number; readonly eventsPerSecond: number };
}

/** Continues a past with what is going to happen. */
export function withCourse(past: Timeline, course: Course): Timeline {
  const { badShare, eventsPerSecond, delaySeconds = 0, lastsSeconds = Infinity } = course;
  const { after = { badShare: 0, eventsPerSecond } } = course;
  const piece = (from: number, to: number, share: number, rate: number): Piece[] =>
    from < to && rate > 0 ? [{ from, to, badRate: share * rate, totalRate: rate }] : [];
  const end = lastsSeconds + delaySeconds;
  return [
    ...past,
    ...piece(0, Math.min(delaySeconds, end), after.badShare, after.eventsPerSecond),
    ...piece(delaySeconds, end, badShare, eventsPerSecond),
    ...piece(end, Infinity, after.badShare, after.eventsPerSecond),
  ];
}
