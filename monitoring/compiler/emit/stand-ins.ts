/** SLOs without their own words: what is left is their shape, and a thousand SLOs have a few dozen shapes. */
import type { EventCount, Indicator, Links, Slo } from "../model.ts";
import { rawSeries, useRawSeries } from "./rule-tests/raw-series.ts";
import { printScalar } from "./yaml.ts";

export interface Masked {
  /** The same SLO with a stand-in for each of its names, queries, links and raw series. */
  readonly slo: Slo;
  /** The same for all SLOs that differ in what is stood in for, and in nothing else. */
  readonly shape: string;
  /** What the stand-ins stand for, by their numbers. */
  readonly texts: readonly string[];
}

/** Begins a stand-in. It is a word of letters and digits, so nothing that quotes, escapes or encodes changes it. */
const mark = "StandIn0z";
const standIn = new RegExp(`${mark}(\\d+)z`);

/**
 * Puts stand-ins in place of an SLO's own words. Words stay as they are where YAML, PromQL or a URL might have to quote
 * or escape them, for there a stand-in would not be printed like them; such SLOs share their shape with fewer others.
 *
 * @returns undefined for an SLO in whose words a stand-in could be seen by mistake.
 */
export function mask(slo: Slo): Masked | undefined {
  const raw = rawSeries(slo);
  if (JSON.stringify([slo, raw]).includes(mark)) return undefined;
  const texts: string[] = [];
  const stand = (text: string): string => `${mark}${texts.push(text) - 1}z`;
  const name = (text: string): string => (/^[\w-]+$/.test(text) && isInert(text) ? stand(text) : text);
  const words = (text: string): string => (isInert(text) ? stand(text) : text);
  const masked: Slo = {
    ...slo,
    name: name(slo.name),
    service: name(slo.service),
    displayName: words(slo.displayName),
    // Neither is printed in rules or tests.
    description: "",
    source: { file: "", line: 0 },
    indicator: maskIndicator(slo.indicator, words),
    alerting: { ...slo.alerting, ...(slo.alerting.links && { links: maskLinks(slo.alerting.links, words) }) },
  };
  const maskedRaw = raw?.map(({ text, ...series }) => Object.assign(series, { text: words(text) }));
  useRawSeries(masked, maskedRaw);
  return { slo: masked, shape: JSON.stringify([masked, maskedRaw]), texts };
}

/** A text, cut where stand-ins are. */
export interface Cut {
  /** One more than there are stand-ins. */
  readonly pieces: readonly string[];
  /** The numbers of the stand-ins between them. */
  readonly numbers: readonly number[];
}

export function cut(text: string): Cut {
  const parts = text.split(standIn);
  return {
    pieces: parts.filter((_, index) => index % 2 === 0),
    numbers: parts.filter((_, index) => index % 2 === 1).map(Number),
  };
}

/** Puts texts where the stand-ins were. */
export function fill({ pieces, numbers }: Cut, texts: readonly string[]): string {
  let text = pieces[0] ?? "";
  for (let index = 0; index < numbers.length; index++) {
    text += (texts[numbers[index] ?? -1] ?? "") + (pieces[index + 1] ?? "");
  }
  return text;
}

/** Whether a text is printed as it is wherever it may come to stand: in plain, quoted and block scalars alike. */
function isInert(text: string): boolean {
  return text !== "" && !/'|\{\{|\$window/.test(text) && printScalar(text) === text;
}

function maskIndicator(indicator: Indicator, words: (text: string) => string): Indicator {
  if (indicator.kind !== "events") return { ...indicator, query: words(indicator.query) };
  const masked = (count: EventCount): EventCount => ({ ...count, query: words(count.query) });
  const total = masked(indicator.total);
  return indicator.good
    ? { ...indicator, good: masked(indicator.good), total }
    : { ...indicator, bad: masked(indicator.bad), total };
}

function maskLinks(links: Links, words: (text: string) => string): Links {
  return Object.fromEntries(Object.entries(links).map(([of, url]: [string, string]) => [of, words(url)]));
}
