/** Small pieces of PromQL text. Binary operators go on lines of their own, so that the shape is seen first. */
import { label } from "../names.ts";
import { duration } from "../duration.ts";
import type { EventCount, Slo } from "../model.ts";

/** The labels that tell one SLO's series from all others. */
export function identity(slo: Slo): Record<string, string> {
  return { [label.service]: slo.service, [label.slo]: slo.name };
}

/**
 * Selects one SLO's recorded series.
 *
 * @param series the recorded name.
 * @param slo whose series; both labels are matched, because names are unique only within what was compiled together.
 * @returns `name{service="…",slo="…"}`.
 */
export function own(series: string, slo: Slo): string {
  let matchers = ownMatchers.get(slo);
  if (matchers === undefined) {
    matchers = `{${label.service}=${quote(slo.service)},${label.slo}=${quote(slo.name)}}`;
    ownMatchers.set(slo, matchers);
  }
  return series + matchers;
}

/** A rule file names its SLO some hundred times, and its tests a thousand times. */
const ownMatchers = new WeakMap<Slo, string>();

/**
 * One SLO's recorded series as a value without labels. A sum, although there is one series: after a change of
 * labels two of them overlap for a while, and a division of unequal label sets would give nothing.
 */
export function value(series: string, slo: Slo): string {
  return `sum(${own(series, slo)})`;
}

/** Quotes a string for PromQL. */
export function quote(text: string): string {
  return /^[\w-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Moves every line of `text` by `columns` spaces. */
export function indent(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(columns));
}

/**
 * Counts the events of a window from raw series.
 *
 * @param count a selector, or an expression with `$window` in it.
 * @param window in seconds.
 * @returns one value without labels; nothing when there is no such series.
 */
export function countEvents(count: EventCount, window: number): string {
  const range = duration(window);
  if (count.query.includes("$window")) return `sum(${count.query.replaceAll("$window", range)})`;
  return `sum(${count.counter ? "increase" : "sum_over_time"}(${count.query}[${range}]))`;
}
