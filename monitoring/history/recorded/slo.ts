/** What the rules of an SLO would have recorded, from the platform's own counts. */
import { exact } from "../../compiler/decimal.ts";
import { HOUR, MINUTE } from "../../compiler/duration.ts";
import type { Slo } from "../../compiler/model.ts";
import { objectiveSeries, sloSeries } from "../../compiler/names.ts";
import { defaultLinkBases } from "../../compiler/rules/annotations.ts";
import { planWindows } from "../../compiler/rules/plan.ts";
import type { RecordingRule, RuleGroup } from "../../compiler/rules/rule.ts";
import { sloGroups } from "../../compiler/rules/slo-groups.ts";
import { slideSeconds } from "../../compiler/rules/windows-above-an-hour.ts";
import { constructions } from "../../compiler/windows.ts";
import type { Grid } from "../grid.ts";
import type { Cadence } from "../settings.ts";
import type { SloEvents } from "./slo-events.ts";
import type { Range, WrittenSeries } from "./written.ts";

/** Seconds before the moment of a recording: which events it counts. */
interface Span {
  readonly newest: number;
  readonly oldest: number;
}

/** What a recorded series shows. */
interface Meaning {
  readonly of: "bad" | "total" | "ratio" | "burn rate" | "remaining" | "objective";
  readonly span: Span;
  readonly cadence?: Cadence;
}

/** Everything that the rules of one SLO record, as the compiler lists it. */
export interface RecordedSlo {
  readonly slo: Slo;
  readonly groups: readonly RuleGroup[];
  /** The recorded series in a range of the grid. */
  readonly series: (range: Range) => WrittenSeries[];
  /** Burn rates over a window, in seconds, at each moment of `indexes`. */
  readonly burnRates: (window: number, indexes: Int32Array) => Float64Array;
}

/** Prepares the recorded series of an SLO. */
export function recordSlo(events: SloEvents, grid: Grid): RecordedSlo {
  const { slo } = events;
  const groups = sloGroups(slo, defaultLinkBases);
  const meanings = meaningsOf(slo);
  const rules = groups.flatMap(({ intervalSeconds, rules }) =>
    rules
      .filter((rule): rule is RecordingRule => "record" in rule)
      .flatMap((rule) => {
        const meaning = meanings.get(rule.record);
        if (meaning === undefined) return [];
        if (isDrawn(meaning, slo)) {
          return [{ rule, meaning, cadence: meaning.cadence ?? cadenceOf(intervalSeconds) }];
        }
        return meaning.span.oldest < shortestAtEnd ? [] : [{ rule, meaning, cadence: "ending" as const }];
      }),
  );
  const budget = exact(1 - slo.target);

  const count = (sums: Float64Array, { newest, oldest }: Span, indexes: Int32Array): Float64Array => {
    const counts = new Float64Array(indexes.length);
    for (let at = 0; at < indexes.length; at += 1) {
      const age = grid.ages[indexes[at] ?? 0] ?? 0;
      const end = newest === 0 ? (indexes[at] ?? 0) : grid.indexAt(age + newest);
      counts[at] = (sums[end] ?? 0) - (sums[grid.indexAt(age + oldest)] ?? 0);
    }
    return counts;
  };
  const shares = (span: Span, indexes: Int32Array): Float64Array => {
    const total = count(events.total, span, indexes);
    return count(events.bad, span, indexes).map((bad, at) =>
      (total[at] ?? 0) > 0 ? bad / (total[at] ?? 1) : 0,
    );
  };
  const evaluate = ({ of, span }: Meaning, indexes: Int32Array): Float64Array => {
    if (of === "bad" || of === "total") return count(events[of], span, indexes);
    if (of === "objective") return new Float64Array(indexes.length).fill(slo.target);
    const bad = shares(span, indexes);
    if (of === "ratio") return bad.map((share) => 1 - share);
    return of === "burn rate" ? bad.map((share) => share / budget) : bad.map((share) => 1 - share / budget);
  };
  return {
    slo,
    groups,
    burnRates: (window, indexes) => evaluate({ of: "burn rate", span: last(window) }, indexes),
    series({ from, to }) {
      const points = new Map<Cadence, Int32Array>();
      const at = (cadence: Cadence): Int32Array => {
        const indexes = points.get(cadence) ?? grid.written(cadence, from, to);
        points.set(cadence, indexes);
        return indexes;
      };
      return rules.map(({ rule, meaning, cadence }) => {
        const indexes = at(cadence);
        return {
          metric: rule.record,
          labels: rule.labels ?? {},
          indexes,
          values: evaluate(meaning, indexes),
        };
      });
    },
  };
}

function cadenceOf(intervalSeconds: number): Cadence {
  return intervalSeconds < constructions.long.intervalSeconds ? "recorded" : "recordedSlowly";
}

/**
 * Windows, besides the period, whose counts and ratios are written all the way: what graphs show. Burn rates are written of
 * all, and tell the ratio as well.
 */
const windowsShown = { counts: [HOUR], ratios: [5 * MINUTE] };

/**
 * The shortest window that the end has, in seconds. A live rule of a shorter one finds too few of the past's samples to
 * count, and what reads its count by name would take the past's for it.
 */
const shortestAtEnd = 5 * MINUTE;

function isDrawn({ of, span: { newest, oldest }, cadence }: Meaning, { window }: Slo): boolean {
  if (cadence !== undefined || newest > 0 || oldest === window.seconds) return true;
  if (of === "ratio") return windowsShown.ratios.includes(oldest);
  return (of !== "bad" && of !== "total") || windowsShown.counts.includes(oldest);
}

function last(window: number): Span {
  return { newest: 0, oldest: window };
}

/** What each name means. A name of the rules that is not here is left to live rules. */
function meaningsOf(slo: Slo): Map<string, Meaning> {
  const { sli } = slo;
  const meanings = new Map<string, Meaning>();
  for (const window of Object.values(planWindows(slo)).flat()) {
    const span = last(window);
    meanings.set(sloSeries.bad(sli, window), { of: "bad", span });
    meanings.set(sloSeries.total(sli, window), { of: "total", span });
    meanings.set(sloSeries.ratio(sli, window), { of: "ratio", span });
    meanings.set(sloSeries.burnRate(sli, window), { of: "burn rate", span });
  }
  // A tile is the four minutes that have just left the newest hour.
  const slide = last(slideSeconds);
  const tile = { newest: HOUR, oldest: HOUR + constructions.long.intervalSeconds };
  meanings.set(sloSeries.badSlide(sli), { of: "bad", span: slide, cadence: "slides" });
  meanings.set(sloSeries.totalSlide(sli), { of: "total", span: slide, cadence: "slides" });
  meanings.set(sloSeries.badTile(sli), { of: "bad", span: tile });
  meanings.set(sloSeries.totalTile(sli), { of: "total", span: tile });
  meanings.set(objectiveSeries, { of: "objective", span: last(0) });
  if (slo.window.kind === "rolling") {
    meanings.set(sloSeries.remaining(sli), { of: "remaining", span: last(slo.window.seconds) });
  }
  return meanings;
}
