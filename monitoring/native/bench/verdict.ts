/** What a run of the benchmark has to show, and whether it did. */
import type { Measurement } from "./follow.ts";
import type { Shape } from "./pages.ts";

/** The promise of acceptance: over so many incidents of so many kinds, so many seconds after the crossing at most. */
export const PROMISE = { percentile: 95, seconds: 25, incidents: 20, kinds: 5 } as const;

/** What a run of the benchmark gave. */
export interface BenchReport {
  readonly measurements: readonly Measurement[];
  readonly falsePages: readonly string[];
  /** What kept a batch from being measured, a sentence each. @default nothing did */
  readonly failures?: readonly string[];
}

/** The nearest-rank percentile: the smallest value that so many percent do not exceed. Undefined for no values. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/**
 * Judges a run.
 *
 * @returns what is wrong, a sentence each; nothing when every crossing brought its page, in time, none came early or
 *   false, and enough incidents crossed to say so.
 */
export function problemsOf({ measurements, falsePages, failures = [] }: BenchReport): string[] {
  const problems = [...failures, ...falsePages.map((page) => `paged without an incident: ${page}`)];
  problems.push(...measurements.flatMap(wrongWith), ...tooFew(measurements));
  const real = measurements.filter(({ timeScale }) => timeScale === 1);
  for (const [of, some] of [
    ["real scale", real],
    ["all incidents", measurements],
  ] as const) {
    const ours = percentile(latenesses(some, "ours"), PROMISE.percentile);
    if (ours !== undefined && ours > PROMISE.seconds)
      problems.push(
        `${of}: ${ours.toFixed(2)} s after the crossing at the ${PROMISE.percentile}th percentile, want ${PROMISE.seconds}`,
      );
  }
  // Where time runs faster, every group is evaluated once a second, whoever's it is: only real scale tells them apart.
  for (const shape of ["sloth", "pyrra"] as const) {
    const slower = mean(real.map((each) => ahead(each, shape)));
    if (slower !== undefined && slower <= 0)
      problems.push(`real scale: ${shape}'s shape was as fast as ours`);
  }
  return problems;
}

/** Whether a threshold was crossed, so that a page had to come. */
export function hasCrossed({ crossed }: Measurement): boolean {
  return crossed !== "nothing crossed";
}

/** Whether a page had to come, and none of ours did. */
export function isMissed(measurement: Measurement): boolean {
  return hasCrossed(measurement) && measurement.paged.ours === undefined;
}

/** How many kinds of incident there are. */
export function kindsOf(measurements: readonly Measurement[]): number {
  return new Set(measurements.map(({ kind }) => kind)).size;
}

/** Seconds from the crossing to the page by somebody's rules, of all incidents that have both. */
export function latenesses(measurements: readonly Measurement[], shape: Shape): number[] {
  return measurements.flatMap(({ late }) => late[shape] ?? []);
}

function wrongWith(measurement: Measurement): string[] {
  const { slo, fault, batch, crossed, paged, late } = measurement;
  const name = `${batch}, ${fault}, ${slo}`;
  if (isMissed(measurement)) return [`${name}: no page came`];
  if (crossed === "nothing crossed")
    return paged.ours === undefined
      ? []
      : [`${name}: paged ${paged.ours.toFixed(2)} s after the fault, and nothing crossed`];
  if (late.ours === undefined || late.ours >= -crossed.within) return [];
  return [`${name}: paged ${(-late.ours).toFixed(2)} s before the crossing`];
}

/** A run of a few batches promises nothing of numbers; one of all of them must not shrink to them by what crossed nothing. */
function tooFew(measurements: readonly Measurement[]): string[] {
  if (measurements.length < PROMISE.incidents) return [];
  const crossed = measurements.filter(hasCrossed);
  const kinds = kindsOf(crossed);
  if (crossed.length >= PROMISE.incidents && kinds >= PROMISE.kinds) return [];
  return [
    `${crossed.length} incidents of ${kinds} kinds crossed a threshold, want ${PROMISE.incidents} of ${PROMISE.kinds}`,
  ];
}

/** How much later another shape paged than ours; nothing where one of both did not. */
function ahead({ late }: Measurement, shape: Shape): number | undefined {
  const [ours, theirs] = [late.ours, late[shape]];
  return ours === undefined || theirs === undefined ? undefined : theirs - ours;
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
