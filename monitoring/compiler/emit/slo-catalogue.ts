/** slos.json: what dashboards and the console need to know of each SLO, so that they need not parse OpenSLO. */
import type { Slo } from "../model.ts";
import { sloSeries } from "../names.ts";
import { period } from "../rules/annotations.ts";
import { generatedMark } from "./generated-file.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** One entry of slos.json. Durations are seconds, shares are 0 to 1. */
interface CatalogueEntry {
  readonly slo: string;
  readonly service: string;
  readonly sli: string;
  readonly title: string;
  readonly description: string;
  readonly target: number;
  readonly period: string;
  readonly periodSeconds: number;
  readonly budgeting: string;
  readonly tiers: readonly {
    readonly name: string;
    readonly severity: string;
    readonly factor: number;
    readonly longSeconds: number;
    readonly shortSeconds: number;
  }[];
  readonly series: {
    readonly remaining: string;
    readonly ratio: string;
    readonly bad: string;
    readonly total: string;
  };
  readonly source: string;
}

/**
 * Lists the SLOs.
 *
 * @param slos in the order of the list.
 */
export function sloCatalogue(slos: readonly Slo[]): GeneratedFile {
  const catalogue = { generated: `${generatedMark}. Do not edit.`, slos: slos.map(entry) };
  return { path: "slos.json", content: `${JSON.stringify(catalogue, undefined, 2)}\n` };
}

function entry(slo: Slo): CatalogueEntry {
  const { sli, window } = slo;
  const rolling = window.kind === "rolling";
  return {
    slo: slo.name,
    service: slo.service,
    sli,
    title: slo.displayName === "" ? slo.name : slo.displayName,
    description: slo.description,
    target: slo.target,
    period: period(slo),
    periodSeconds: window.seconds,
    budgeting: slo.budgeting.method,
    tiers: slo.alerting.tiers.map(({ name, severity, factor, longSeconds, shortSeconds }) => ({
      name,
      severity,
      factor,
      longSeconds,
      shortSeconds,
    })),
    series: {
      remaining: sloSeries.remaining(sli),
      ratio: rolling ? sloSeries.ratio(sli, window.seconds) : sloSeries.ratioPeriod(sli),
      bad: rolling ? sloSeries.bad(sli, window.seconds) : sloSeries.badPeriod(sli),
      total: rolling ? sloSeries.total(sli, window.seconds) : sloSeries.totalPeriod(sli),
    },
    source: slo.source.file,
  };
}
