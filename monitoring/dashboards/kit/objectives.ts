/** What the SLOs demand, as thresholds of the graphs of services. */
import type { Slo } from "../../compiler/model.ts";
import { exact } from "../../compiler/decimal.ts";
import { colour } from "./colours.ts";
import { tiers } from "./thresholds.ts";
import type { Steps } from "./thresholds.ts";

/**
 * Shares of bad events: yellow where the strictest SLO of an SLI family begins to burn faster than it may, red where it
 * burns as fast as the fastest page.
 */
export function badShareSteps(slos: readonly Slo[], sli: string): Steps {
  const budgets = slos.filter((slo) => slo.sli === sli).map(({ target }) => exact(1 - target));
  if (budgets.length === 0) return [colour.good];
  const budget = Math.min(...budgets);
  const page = exact(budget * Math.max(...tiers.map(({ factor }) => factor)));
  return [colour.good, [budget, colour.notice], [page, colour.page]];
}

/** Seconds: red from the strictest threshold of the latency SLOs on. */
export function durationSteps(slos: readonly Slo[]): Steps {
  const seconds = slos.flatMap(latencyThreshold);
  return seconds.length === 0 ? [colour.good] : [colour.good, [Math.min(...seconds), colour.page]];
}

/** The bucket that a latency SLO counts as good, in seconds; nothing where it counts something else. */
function latencyThreshold({ indicator }: Slo): number[] {
  if (indicator.kind !== "events" || indicator.good === undefined) return [];
  const bound = /_bucket\{.*\ble="([\d.]+)"/.exec(indicator.good.query)?.[1];
  return bound === undefined ? [] : [Number(bound)];
}
