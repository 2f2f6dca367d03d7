/** Expectations about recorded values. */
import { decimal } from "../../decimal.ts";
import type { Slo } from "../../model.ts";
import { label } from "../../names.ts";
import { own, quote } from "../../rules/promql.ts";
import type { Tier } from "../../windows.ts";
import type { ValueCheck } from "./rule-test.ts";
import { ownSeries } from "./neighbours.ts";

/**
 * Expects an SLO's recorded series to have a value, and the SLO's labels and no other.
 *
 * @param within how far off it may be, as a share of the value. Compared in PromQL, because promtool itself wants
 *   every last bit to agree.
 */
export function expectValue(
  slo: Slo,
  series: string,
  value: number,
  atSeconds: number,
  { within = 1e-6, labels }: { within?: number; labels?: Record<string, string> } = {},
): ValueCheck {
  const distance =
    value === 0 ? `abs(${own(series, slo)})` : `abs(${own(series, slo)} / ${decimal(value)} - 1)`;
  return {
    expr: `${distance} <= bool ${decimal(within)}`,
    atSeconds,
    samples: [{ labels: ownSeries(slo, "", labels), value: 1 }],
  };
}

/** Expects exactly this value of an expression without labels. */
export function expectNumber(expr: string, value: number, atSeconds: number): ValueCheck {
  return { expr, atSeconds, samples: [{ labels: "{}", value }] };
}

/** Expects a tier's alert to be firing, or not to be: 1 or 0. */
export function expectFiring(slo: Slo, tier: Tier, count: 0 | 1, atSeconds: number): ValueCheck {
  const matchers = `alertstate="firing",${label.slo}=${quote(slo.name)},${label.tier}=${quote(tier.name)}`;
  return expectNumber(`sum(ALERTS{${matchers}}) or vector(0)`, count, atSeconds);
}

/** Whether a window is the SLO's period, which has a budget left in place of a burn rate. */
export function isPeriod(slo: Slo, window: number): boolean {
  return slo.window.kind === "rolling" && slo.window.seconds === window;
}
