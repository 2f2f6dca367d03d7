/** What the compiler supposes of the Prometheus that will load the rules, and where it starts to warn. */
import { DAY, MINUTE } from "../duration.ts";

/** How long Prometheus keeps samples, unless `--retention` says otherwise: 1.5 times a 30-day window. */
export const defaultRetentionSeconds = 45 * DAY;

/** A window needs this many times its length of history, or it loses its end as blocks are deleted. */
export const retentionFactor = 1.5;

/** An SLO without a `timeWindow` (the specification lets it out, its SDK does not) gets this one. */
export const defaultWindowSeconds = 30 * DAY;

/** Below this factor an alert fires although the budget will last; 28 days give ticket-slow a tolerable 0.933. */
export const lowestSensibleFactor = 0.9;

/** An AlertCondition has one window; the short one that makes its alert clear is this part of it. */
export const shortWindowDivisor = 12;

/** A shorter window than this holds too few scrapes to tell a rate. */
export const shortestWindowSeconds = MINUTE;

/** A larger file is not read: that much is some ten thousand SLOs, or a mistake, such as a log with a wrong ending. */
export const largestFileBytes = 16 * 2 ** 20;
