/** Bad and total events of each SLO, over the whole past and what came before it. */
import type { EventCount, Slo } from "../../compiler/model.ts";
import { matches, readSelector } from "../../compiler/openslo/promql/selector.ts";
import { isMistake, nodesOf, parseQuery } from "../../compiler/openslo/promql/syntax.ts";
import type { PlatformSeries } from "../model/counters.ts";

/** Running sums by index of the grid. */
export interface SloEvents {
  readonly slo: Slo;
  readonly bad: Float64Array;
  readonly total: Float64Array;
  /** Reads what the series show now. */
  readonly record: (index: number, now: readonly number[]) => void;
}

/**
 * Follows the events of an SLO.
 *
 * @param series what the platform exposes; the SLO's queries select from it as Prometheus would.
 * @param length how many moments there are.
 * @returns nothing when the past cannot count the SLO's events: it reads something else than the platform's counters.
 */
export function followEvents(
  slo: Slo,
  series: readonly PlatformSeries[],
  length: number,
): SloEvents | undefined {
  const { indicator } = slo;
  if (indicator.kind !== "events" || slo.budgeting.method !== "Occurrences") return undefined;
  const totals = select(indicator.total, series);
  const others = select(indicator.bad ?? indicator.good, series);
  if (totals.length === 0 || others.length === 0) return undefined;
  const [bad, total] = [new Float64Array(length), new Float64Array(length)];
  return {
    slo,
    bad,
    total,
    record(index, now) {
      const all = sumOf(totals, now);
      const some = sumOf(others, now);
      total[index] = all;
      bad[index] = indicator.bad === undefined ? all - some : some;
    },
  };
}

function select({ query, counter }: EventCount, series: readonly PlatformSeries[]): number[] {
  const parsed = parseQuery(query);
  if (!counter || isMistake(parsed) || parsed.windowed) return [];
  const [selector, ...others] = nodesOf(parsed.tree.topNode, "VectorSelector");
  if (selector === undefined || others.length > 0) return [];
  const { matchers } = readSelector(selector, parsed.text);
  return series.flatMap(({ metric, labels }, index) => {
    const named: Readonly<Record<string, string>> = { ...labels, __name__: metric };
    return matchers.every((matcher) => matches(matcher, named[matcher.label] ?? "")) ? [index] : [];
  });
}

function sumOf(indexes: readonly number[], now: readonly number[]): number {
  let sum = 0;
  for (const index of indexes) sum += now[index] ?? 0;
  return sum;
}
