/** The vertical scale of a graph, with round ticks. */

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  /** Its base, where it is logarithmic. */
  readonly log: number | null;
}

export interface ScaleWish {
  /** Least and most of what is drawn. */
  readonly low: number;
  readonly high: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Shown at least as far as these. */
  readonly softMin?: number | undefined;
  readonly softMax?: number | undefined;
  readonly log?: number | undefined;
}

/** How many ticks are good; there are a few more or less. */
const TICKS = 4;

/** A scale that holds everything from `low` to `high`, unless `min` or `max` cut it; its ends are ticks. */
export function scaleFor(wish: ScaleWish): Scale {
  if (wish.log !== undefined && wish.high > 0) return logScale(wish, wish.log);
  const low = wish.min ?? Math.min(wish.low, wish.softMin ?? wish.low);
  let high = wish.max ?? Math.max(wish.high, wish.softMax ?? wish.high);
  // A line that never moves stands in the middle of a scale that is wide enough to see that.
  const flat = high - low <= Math.abs(high) * 1e-9;
  const start = flat && wish.min === undefined ? low - (Math.abs(low) * 0.1 || 0) : low;
  if (flat) high = wish.max ?? high + (Math.abs(high) * 0.1 || 1);
  const step = niceStep((high - start) / TICKS);
  const min = wish.min ?? Math.floor(start / step + 1e-9) * step;
  const max = wish.max ?? Math.ceil(high / step - 1e-9) * step;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => clean((first + at) * step));
  return { min: clean(min), max: clean(max), ticks, log: null };
}

/** 0 at `min`, 1 at `max`, and never outside. */
export function shareOf(value: number, { min, max, log }: Scale): number {
  const share =
    log === null
      ? (value - min) / (max - min || 1)
      : value <= 0
        ? 0
        : Math.log(value / min) / (Math.log(max / min) || 1);
  return Math.min(1, Math.max(0, share));
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const digit = rough / power;
  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
}

function logScale({ low, high, min, max }: ScaleWish, base: number): Scale {
  const floor = Math.floor(Math.log(low > 0 ? low : high / base ** 4) / Math.log(base) + 1e-9);
  const ceiling = Math.max(floor + 1, Math.ceil(Math.log(high) / Math.log(base) - 1e-9));
  const stride = Math.ceil((ceiling - floor) / 6);
  const ticks: number[] = [];
  for (let power = floor; power <= ceiling; power += stride) ticks.push(clean(base ** power));
  return {
    min: min !== undefined && min > 0 ? min : base ** floor,
    max: max ?? base ** ceiling,
    ticks,
    log: base,
  };
}

/** Without the noise of floating point. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
