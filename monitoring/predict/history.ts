/** What a service's windows hold now, as a timeline of the past. */
import type { Piece, Timeline } from "./timeline.ts";

/** Bad and total events of the last so many seconds. */
export interface WindowCounts {
  readonly seconds: number;
  readonly bad: number;
  readonly total: number;
}

/** Traffic that has always been even; a clean past has no bad events. */
export function evenHistory({
  eventsPerSecond,
  badShare = 0,
  seconds = Infinity,
}: {
  readonly eventsPerSecond: number;
  readonly badShare?: number;
  /** How long there has been traffic. @default always */
  readonly seconds?: number;
}): Timeline {
  if (seconds <= 0 || eventsPerSecond <= 0) return [];
  return [{ from: -seconds, to: 0, badRate: badShare * eventsPerSecond, totalRate: eventsPerSecond }];
}

/**
 * Tells the past from windows that all end now: what a longer window holds more than a shorter one happened before the
 * shorter one began. Finer windows tell more: a burst is placed evenly between the two windows that enclose it.
 *
 * @param windows in any order.
 * @param historySeconds how long there has been traffic: nothing is older. @default longer than all windows
 * @returns pieces, oldest first. A longer window that holds less than a shorter one (extrapolation) adds nothing.
 */
export function historyFromWindows(
  windows: readonly WindowCounts[],
  historySeconds: number = Infinity,
): Timeline {
  const pieces: Piece[] = [];
  let inner: WindowCounts = { seconds: 0, bad: 0, total: 0 };
  for (const window of windows.toSorted((a, b) => a.seconds - b.seconds)) {
    const seconds = Math.min(window.seconds, historySeconds);
    const length = seconds - inner.seconds;
    if (length <= 0) continue;
    const total = Math.max(0, window.total - inner.total);
    const bad = Math.min(total, Math.max(0, window.bad - inner.bad));
    if (total > 0) {
      pieces.unshift({
        from: 0 - seconds,
        to: 0 - inner.seconds,
        badRate: bad / length,
        totalRate: total / length,
      });
    }
    inner = {
      seconds,
      bad: Math.max(window.bad, inner.bad),
      total: Math.max(window.total, inner.total),
    };
  }
  return pieces;
}
