/** PromQL over all SLOs at once: the recorded series of several SLI families, side by side. */
import type { ValueMappingResult } from "@grafana/grafana-foundation-sdk/dashboard";
import { duration } from "../../compiler/duration.ts";
import type { Slo } from "../../compiler/model.ts";
import { sloSeries } from "../../compiler/names.ts";
import { colour } from "./colours.ts";

/** In periods: a budget that lasts so long is not worth a number, and one that nothing burns would last for ever. */
const LONGEST_PERIODS = 10;

/** SLOs whose recorded series have the same names. */
export interface Family {
  readonly sli: string;
  /** The series of the SLI over the SLO's own period. */
  readonly ratio: string;
  readonly bad: string;
  readonly total: string;
  readonly periodSeconds: number;
}

/** The families of some SLOs, in the order of the SLOs. */
function families(slos: readonly Slo[]): Family[] {
  const found = slos.map(({ sli, window }): Family => {
    const rolling = window.kind === "rolling";
    return {
      sli,
      ratio: rolling ? sloSeries.ratio(sli, window.seconds) : sloSeries.ratioPeriod(sli),
      bad: rolling ? sloSeries.bad(sli, window.seconds) : sloSeries.badPeriod(sli),
      total: rolling ? sloSeries.total(sli, window.seconds) : sloSeries.totalPeriod(sli),
      periodSeconds: window.seconds,
    };
  });
  return [...new Map(found.map((family) => [`${family.ratio} ${family.periodSeconds}`, family])).values()];
}

/**
 * One expression for the SLOs of all families, by `service` and `slo` alone.
 *
 * @param expression PromQL of one family, with those two labels.
 */
export function everySlo(slos: readonly Slo[], expression: (family: Family) => string): string {
  const parts = new Set(families(slos).map(expression));
  return `sum by (service, slo) (${[...parts].join(" or ")})`;
}

/**
 * Seconds until the budget of each SLO of a family is spent, at the burn rate of a window: 0 when it is, and ten periods
 * when it lasts longer than that. Remaining share × period ÷ burn rate (SRE Workbook, chapter 5).
 *
 * @param window in seconds.
 * @param selector PromQL's braces, or nothing.
 */
export function secondsLeft({ sli, periodSeconds }: Family, window: number, selector = ""): string {
  const left = `${sloSeries.remaining(sli)}${selector}`;
  const burnRate = `${sloSeries.burnRate(sli, window)}${selector}`;
  const lasts = `${left} * ${periodSeconds} / ${burnRate}`;
  return `0 * (${left} <= 0) or clamp_max(${lasts}, ${LONGEST_PERIODS * periodSeconds})`;
}

/** What the two ends of `secondsLeft` mean. */
export function lastsStates(slos: readonly Slo[]): Record<string, ValueMappingResult> {
  const longest = families(slos).map(({ periodSeconds }): [number, ValueMappingResult] => {
    const seconds = LONGEST_PERIODS * periodSeconds;
    return [seconds, { text: `> ${duration(seconds)}`, color: colour.good }];
  });
  return { 0: { text: "spent", color: colour.page }, ...Object.fromEntries(longest) };
}
