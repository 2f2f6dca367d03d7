/** Which recorded series the overview asks for, and how their names are taken apart. `names.ts` spells them. */
import { DAY } from "../../compiler/duration.ts";
import { label, objectiveSeries, sloSeries } from "../../compiler/names.ts";
import type { Sample } from "./prometheus.ts";

export type SeriesKind = "objective" | "ratio" | "remaining" | "burn" | "bad" | "total";

/** One recorded value of one SLO. */
export interface Reading {
  readonly kind: SeriesKind;
  readonly service: string;
  readonly slo: string;
  readonly sli: string | null;
  /** The window in seconds; null where the series has none, or is over the calendar period so far. */
  readonly window: number | null;
  readonly value: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: DAY };

/** A name with a stand-in for the SLI and, where it has one, the window; whole days only, where only long ones are shown. */
const SHAPES: readonly { kind: SeriesKind; name: string; days?: true }[] = [
  { kind: "objective", name: objectiveSeries },
  { kind: "ratio", name: sloSeries.ratio("SLI", 1), days: true },
  { kind: "ratio", name: sloSeries.ratioPeriod("SLI") },
  { kind: "remaining", name: sloSeries.remaining("SLI") },
  { kind: "burn", name: sloSeries.burnRate("SLI", 1) },
  { kind: "bad", name: sloSeries.bad("SLI", 1), days: true },
  { kind: "bad", name: sloSeries.badPeriod("SLI") },
  { kind: "total", name: sloSeries.total("SLI", 1), days: true },
  { kind: "total", name: sloSeries.totalPeriod("SLI") },
];

const patterns = SHAPES.map(({ kind, name, days }) => {
  const windows = days ? String.raw`((?:\d+d)+)` : String.raw`((?:\d+[smhd])+)`;
  const source = name.replace("SLI", "([a-z][a-z0-9_]*)").replace(/1s$/, windows);
  return { kind, source, pattern: new RegExp(`^${source}$`) };
});

const alternatives = patterns.map(({ source }) => source.replaceAll("\\", "\\\\"));

/** PromQL that gives every reading of every SLO in one answer. */
export const overviewQuery = `{__name__=~"${alternatives.join("|")}"}`;

/** @returns what the sample says; undefined for a series of another name, without the labels, or without a number. */
export function readSample({ labels, value }: Sample): Reading | undefined {
  const service = labels[label.service];
  const slo = labels[label.slo];
  if (service === undefined || slo === undefined || Number.isNaN(value)) return undefined;
  for (const { kind, pattern } of patterns) {
    const match = pattern.exec(labels["__name__"] ?? "");
    if (match === null) continue;
    return {
      kind,
      service,
      slo,
      sli: match[1] ?? null,
      window: match[2] ? secondsOf(match[2]) : null,
      value,
    };
  }
  return undefined;
}

function secondsOf(window: string): number {
  return [...window.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
}
