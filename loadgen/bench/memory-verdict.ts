/** The resident memory of a process at a moment of the run. */
export interface MemorySample {
  readonly seconds: number;
  readonly megabytes: number;
}

/** What a run says about a process's memory. Megabytes of 1,000,000 bytes. */
export interface MemoryVerdict {
  /** When the warm-up is over. */
  readonly atSteady: number;
  readonly highest: number;
  readonly atEnd: number;
  /** The trend of the second half, by least squares. */
  readonly megabytesPerMinute: number;
  /** Why the run failed, in words; empty when it did not. */
  readonly problems: readonly string[];
}

/** The budget (issue 2): every Node process stays under 120 MB at 200 requests a second, and flat. */
const LIMIT_MEGABYTES = 120;
/** Flat: the trend of the second half adds less than this to it. Garbage collection alone makes for a few. */
const GROWTH_MEGABYTES = 5;
/** The share of the run in which code is compiled, pools fill and caches warm up. */
const WARMUP = 0.2;

/**
 * Judges the memory of one process.
 *
 * @param samples in order of time, at least two in the second half.
 */
export function memoryVerdict(samples: readonly MemorySample[]): MemoryVerdict {
  const end = samples.at(-1)?.seconds ?? 0;
  const later = samples.filter(({ seconds }) => seconds >= end / 2);
  const perSecond = slope(later);
  const growth = perSecond * (end - end / 2);
  const highest = Math.max(...samples.map(({ megabytes }) => megabytes));
  const problems: string[] = [];
  if (highest >= LIMIT_MEGABYTES) {
    problems.push(`reached ${highest.toFixed(1)} MB, want under ${LIMIT_MEGABYTES}`);
  }
  if (growth >= GROWTH_MEGABYTES) {
    problems.push(`grew by ${growth.toFixed(1)} MB in the second half, want under ${GROWTH_MEGABYTES}`);
  }
  return {
    atSteady: samples.find(({ seconds }) => seconds >= end * WARMUP)?.megabytes ?? Number.NaN,
    highest,
    atEnd: samples.at(-1)?.megabytes ?? Number.NaN,
    megabytesPerMinute: perSecond * 60,
    problems,
  };
}

/** The slope of the straight line with the least squared distance from the samples: megabytes a second. */
function slope(samples: readonly MemorySample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const time = mean(samples.map(({ seconds }) => seconds));
  const memory = mean(samples.map(({ megabytes }) => megabytes));
  let products = 0;
  let squares = 0;
  for (const { seconds, megabytes } of samples) {
    products += (seconds - time) * (megabytes - memory);
    squares += (seconds - time) ** 2;
  }
  return products / squares;
}
