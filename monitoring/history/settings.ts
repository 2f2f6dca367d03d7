/** How long the past is and how finely it is written, as data. Ages and steps are in seconds of the platform's time. */
import { DAY, HOUR, MINUTE } from "../compiler/duration.ts";

/** How long the past is that is written: one SLO period. */
export const pastSeconds = 30 * DAY;

/** The platform ran before that too: windows at the beginning of the past look back on as much again, unwritten. */
export const beforeSeconds = 30 * DAY;

/** The last moment of the past is a multiple of this, so that its samples stand at round times. */
export const alignSeconds = 15;

/** How far apart two steps of the model are, by age. Newest first; each begins where the one before ends. */
export const steps = [
  { upToAge: 6 * HOUR, seconds: 30 },
  { upToAge: pastSeconds + HOUR, seconds: MINUTE },
  { upToAge: Infinity, seconds: 4 * MINUTE },
] as const;

/**
 * How often a kind of series is written, by age; every step a multiple of the model's. None is as long as the 5 minutes
 * that Prometheus looks back, or its graphs would blink. The newest hours are finer, because a graph of an hour takes
 * rates of one minute. `null`: not written at that age.
 */
export const cadences = {
  /** Counters that an SLI reads. */
  sli: [
    { upToAge: 6 * HOUR, seconds: 30 },
    { upToAge: Infinity, seconds: MINUTE },
  ],
  /** Counters and gauges of the business, the dependencies and the load. */
  business: [
    { upToAge: DAY, seconds: MINUTE },
    { upToAge: Infinity, seconds: 4 * MINUTE },
  ],
  /** Histogram buckets that no SLI reads; what is older is in the recorded quantiles. */
  detail: [
    { upToAge: 6 * HOUR, seconds: 30 },
    { upToAge: DAY, seconds: MINUTE },
    { upToAge: Infinity, seconds: null },
  ],
  /** Recorded by groups that run every 15 s or every minute. */
  recorded: [
    { upToAge: 6 * HOUR, seconds: MINUTE },
    { upToAge: Infinity, seconds: 4 * MINUTE },
  ],
  /** The same, of what nobody draws over weeks: each route alone, and the heatmap's buckets. */
  recordedLately: [
    { upToAge: 6 * HOUR, seconds: MINUTE },
    { upToAge: 7 * DAY, seconds: 4 * MINUTE },
    { upToAge: Infinity, seconds: null },
  ],
  /** Recorded every four minutes. */
  recordedSlowly: [{ upToAge: Infinity, seconds: 4 * MINUTE }],
  /** Five-minute counts, which live rules read until they are 7 hours old. */
  slides: [
    { upToAge: 7 * HOUR, seconds: MINUTE },
    { upToAge: Infinity, seconds: null },
  ],
  /** What only live rules and predictions read, which have nothing of their own yet when the past ends. */
  ending: [
    { upToAge: 5 * MINUTE, seconds: MINUTE },
    { upToAge: Infinity, seconds: null },
  ],
  /** Alerts are evaluated as often. */
  alerts: [{ upToAge: Infinity, seconds: MINUTE }],
} as const satisfies Record<string, readonly { upToAge: number; seconds: number | null }[]>;

export type Cadence = keyof typeof cadences;

/** Random fluctuation of the traffic besides bursts: how far, as a share (one standard deviation), and for how long. */
export const trafficNoise = { share: 0.04, seconds: 15 * MINUTE } as const;

/** What HTTP, timers and a busy machine add to each answer. Milliseconds. */
export const overheadMs = 2;
