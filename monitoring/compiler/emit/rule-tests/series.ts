/** promtool's notation for the values of an input series: `0+10x5` is 0, 10, 20, 30, 40, 50. */
import { decimal } from "../../decimal.ts";

/** A number, or undefined where no sample is. */
export type Sample = number | undefined;

/**
 * Writes samples in as few terms as promtool's notation allows.
 *
 * @param samples at least one, evenly spaced.
 */
export function sampleValues(samples: readonly Sample[]): string {
  const terms: string[] = [];
  let at = 0;
  while (at < samples.length) {
    const first = samples[at];
    const step = first === undefined ? undefined : difference(samples, at);
    let last = at;
    while (last + 1 < samples.length && continues(samples, last, step)) last++;
    terms.push(term(first, step ?? 0, last - at));
    at = last + 1;
  }
  return terms.join(" ");
}

const written = new Map<string, string>();

/**
 * Writes samples that many SLOs have in common only once: a thousand SLOs play the same incidents.
 *
 * @param key names the samples; everything that they depend on is in it.
 * @param samples is asked at most once a key.
 */
export function sharedValues(key: readonly (string | number)[], samples: () => readonly Sample[]): string {
  const name = key.join();
  let values = written.get(name);
  if (values === undefined) {
    values = sampleValues(samples());
    written.set(name, values);
  }
  return values;
}

/** The same value, `count` times. */
export function constant(value: number, count: number): string {
  return term(value, 0, count - 1);
}

function difference(samples: readonly Sample[], at: number): number | undefined {
  const [a, b] = [samples[at], samples[at + 1]];
  return a === undefined || b === undefined ? undefined : rounded(b - a);
}

function continues(samples: readonly Sample[], at: number, step: number | undefined): boolean {
  if (samples[at] === undefined) return samples[at + 1] === undefined;
  return step !== undefined && difference(samples, at) === step;
}

/** `x` counts what follows the first sample, but all of the missing ones. */
function term(first: Sample, step: number, more: number): string {
  if (first === undefined) return more === 0 ? "_" : `_x${more + 1}`;
  const value = decimal(rounded(first));
  if (more === 0) return value;
  if (step === 0) return `${value}x${more}`;
  return `${value}${step < 0 ? "-" : "+"}${decimal(Math.abs(step))}x${more}`;
}

/** A millionth of an event is float noise. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
