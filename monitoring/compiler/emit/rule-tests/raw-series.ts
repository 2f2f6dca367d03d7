/** The raw series of an SLO that counts events, invented from its selectors. */
import type { Slo } from "../../model.ts";
import { excludedLabels, readSelector, selectedLabels, selects, seriesText } from "./selector.ts";
import type { Labels, Selector } from "./selector.ts";

export interface RawSeries {
  readonly text: string;
  /** Events per event of the traffic that a test plays. */
  readonly weight: number;
  /** `plain` counts into the total alone, `marked` is the good or bad one, `excluded` must count nowhere. */
  readonly role: "plain" | "marked" | "excluded";
  /** Whether the total's selector selects it. */
  readonly total: boolean;
  /** Whether the good or bad selector selects it. */
  readonly marked: boolean;
}

/** A share of bad events that is above the threshold of no tier that matters here, and easy to see. */
const weights = { total: 100, bad: 7, good: 93, excluded: 1000 };

/**
 * Invents series: one good or bad, one that is neither, and for every matcher one that it alone keeps out.
 *
 * @returns undefined when a query is not a plain selector of a counter, or no example of a label can be found.
 */
export function rawSeries(slo: Slo): readonly RawSeries[] | undefined {
  if (!invented.has(slo)) invented.set(slo, invent(slo));
  return invented.get(slo);
}

/** Several tests ask for the same SLO's. */
const invented = new WeakMap<Slo, readonly RawSeries[] | undefined>();

/** Lets `rawSeries` give these for an SLO whose queries nothing can be invented from. */
export function useRawSeries(slo: Slo, series: readonly RawSeries[] | undefined): void {
  invented.set(slo, series);
}

function invent(slo: Slo): RawSeries[] | undefined {
  const { indicator } = slo;
  if (indicator.kind !== "events") return undefined;
  const markedCount = indicator.good ?? indicator.bad;
  if (!markedCount.counter || !indicator.total.counter) return undefined;
  const total = readSelector(indicator.total.query);
  const marked = readSelector(markedCount.query);
  const markedLabels = marked && selectedLabels(marked);
  const totalLabels = total && selectedLabels(total);
  if (!total || !marked || !markedLabels || !totalLabels) return undefined;
  const plainLabels = plain(total, marked, totalLabels, markedLabels);
  if (plainLabels === undefined) return undefined;

  const found = new Map<string, RawSeries>();
  const add = (metric: string, labels: Labels, weight: number, role?: RawSeries["role"]): void => {
    const text = seriesText(metric, labels);
    const own = { total: selects(total, metric, labels), marked: selects(marked, metric, labels) };
    const given = role ?? (own.total || own.marked ? undefined : "excluded");
    if (given !== undefined && !found.has(text)) found.set(text, { text, weight, role: given, ...own });
  };
  const share = indicator.good ? weights.good : weights.bad;
  const isIn = selects(total, marked.metric, markedLabels);
  add(total.metric, plainLabels, weights.total - (isIn ? share : 0), "plain");
  add(marked.metric, markedLabels, share, "marked");
  for (const [index, labels] of excludedLabels(marked, markedLabels).entries()) {
    add(marked.metric, labels, weights.excluded + index);
  }
  for (const [index, labels] of excludedLabels(total, plainLabels).entries()) {
    add(total.metric, labels, weights.excluded * 2 + index);
  }
  return [...found.values()];
}

/** Labels that the total selects and the good or bad selector does not. */
function plain(
  total: Selector,
  marked: Selector,
  totalLabels: Labels,
  markedLabels: Labels,
): Labels | undefined {
  const choices = [totalLabels, ...excludedLabels(marked, { ...totalLabels, ...markedLabels })];
  return choices.find(
    (labels) => selects(total, total.metric, labels) && !selects(marked, total.metric, labels),
  );
}
