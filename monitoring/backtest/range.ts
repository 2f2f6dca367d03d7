/** Which time is looked at, and in which steps. */
import { DAY, HOUR, MINUTE, duration } from "../compiler/duration.ts";
import type { Slo } from "../compiler/model.ts";
import { BacktestError } from "./errors.ts";
import { longestWindow } from "./policies/policy.ts";
import type { PolicyAlert } from "./policies/policy.ts";
import { selectorOf } from "./read/event-queries.ts";
import type { PrometheusReader } from "./read/prometheus.ts";

/** Steps that divide a minute or an hour, in seconds. */
const niceSteps = [1, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE];
/** Nobody needs finer steps by default: Prometheus evaluates rules every 15 s, and over days a minute is fine enough. */
const finest = { forDays: 2, below: 15, above: MINUTE } as const;
/** So many SLOs are asked how densely they are sampled. */
const PROBED_SLOS = 10;

/**
 * Chooses the step: as long as the samples are apart, where that is known.
 *
 * @param from and `to`: the range, in seconds since 1970.
 * @param scale how many times faster than usual time passes.
 * @returns seconds.
 */
export async function chooseStep(
  reader: PrometheusReader,
  slos: readonly Slo[],
  { from, to, scale }: { readonly from: number; readonly to: number; readonly scale: number },
): Promise<number> {
  const selectors = [...new Set(slos.slice(0, PROBED_SLOS).map(selectorOf))].filter(
    (one) => one !== undefined,
  );
  const moments = [0, 0.25, 0.5, 0.75, 1].map((share) => from + share * (to - from));
  const window = HOUR / scale;
  const counts = await Promise.all(
    selectors.flatMap((selector) =>
      moments.map((at) => reader.instant(`max(count_over_time(${selector}[${duration(window)}]))`, at)),
    ),
  );
  const known = counts.filter((count) => count !== undefined && count > 1) as number[];
  const apart = known.length === 0 ? 0 : window / Math.min(...known);
  const least = (to - from) * scale > finest.forDays * DAY ? finest.above : finest.below;
  const wanted = Math.max(apart * 0.9, least / scale);
  return niceSteps.map((step) => step / scale).find((step) => step >= wanted) ?? (5 * MINUTE) / scale;
}

/**
 * Refuses a step that cannot express a window or a slice.
 *
 * @throws BacktestError
 */
export function checkStep(step: number, slos: readonly Slo[], alerts: readonly PolicyAlert[]): void {
  const windows = alerts.flatMap(({ anyOf }) =>
    anyOf.flatMap(({ windows }) => windows.map(({ seconds }) => seconds)),
  );
  const shortest = Math.min(...windows);
  if (step > shortest + 1e-9) {
    throw new BacktestError(
      `a step of ${duration(step)} is longer than the shortest window of the policies, ${duration(shortest)}. ` +
        "Give a shorter --step",
    );
  }
  for (const { name, budgeting } of slos) {
    if (budgeting.method === "Occurrences") continue;
    const steps = budgeting.sliceSeconds / step;
    if (Math.abs(steps - Math.round(steps)) < 1e-6 && steps >= 1) continue;
    throw new BacktestError(
      `a step of ${duration(step)} does not divide the slices of ${name}, ${duration(budgeting.sliceSeconds)}. ` +
        `Give a --step that does, such as ${duration(budgeting.sliceSeconds)}`,
    );
  }
}

/** Whole steps since 1970 within the range, which is where Prometheus' subqueries step, too. */
export function alignedRange(from: number, to: number, step: number): { from: number; to: number } {
  return { from: Math.ceil(from / step - 1e-6) * step, to: Math.floor(to / step + 1e-6) * step };
}

/** How long before the range to begin reading, so that every window is full at its first evaluation: seconds. */
export function warmUpSeconds(alerts: readonly PolicyAlert[]): number {
  return Math.max(0, ...alerts.map(longestWindow));
}
