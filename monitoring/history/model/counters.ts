/** The series of the simulated platform, and what each of them shows at the moment. */
import type { Cadence } from "../settings.ts";

export type Labels = Readonly<Record<string, string>>;

/** A series that the platform exposes. */
export interface PlatformSeries {
  readonly metric: string;
  readonly labels: Labels;
  readonly cadence: Cadence;
}

export interface Counters {
  /** Every series, by number. */
  readonly series: readonly PlatformSeries[];
  /** What each shows now, by number. */
  readonly now: readonly number[];
  /** Adds a series at 0. */
  readonly add: (metric: string, labels: Labels, cadence: Cadence) => number;
  /** Counts events; of a fraction only whole events show, and the rest is kept. Sums of seconds show all. */
  readonly increase: (series: number, by: number) => void;
  /** Sets a gauge. */
  readonly set: (series: number, value: number) => void;
}

/** Sums of fractions end a hair below the whole number that they mean. */
const HAIR = 1e-6;

export function createCounters(): Counters {
  const series: PlatformSeries[] = [];
  const exact: number[] = [];
  const now: number[] = [];
  const whole: boolean[] = [];
  return {
    series,
    now,
    add(metric, labels, cadence) {
      exact.push(0);
      now.push(0);
      whole.push(!metric.endsWith("_sum"));
      return series.push({ metric, labels, cadence }) - 1;
    },
    increase(number, by) {
      const sum = (exact[number] ?? 0) + by;
      exact[number] = sum;
      now[number] = whole[number] === true ? Math.floor(sum + HAIR) : Math.round(sum * 1000) / 1000;
    },
    set(number, value) {
      now[number] = value;
    },
  };
}
