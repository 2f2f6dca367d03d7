/**
 * Series that resemble an SLO's own in all but one label. Nothing may ever read them: a test in which they stand beside
 * the SLO's own notices every lost matcher.
 */
import type { Slo } from "../../model.ts";
import { label } from "../../names.ts";
import { identity, own, quote } from "../../rules/promql.ts";
import type { Input } from "./rule-test.ts";
import { seriesText } from "./selector.ts";

/**
 * Two inputs for one recorded name: another service's SLO of the same name, and another SLO of the same service.
 *
 * @param series the recorded name.
 * @param values in promtool's notation.
 * @param extra labels that the name's series carry besides.
 */
export function neighbours(
  slo: Slo,
  series: string,
  values: string,
  extra: Record<string, string> = {},
): Input[] {
  const rest = `${more(extra)}}`;
  return othersOf(slo).map((other) => ({ series: series + other + rest, values }));
}

/** The matchers of an SLO's two neighbours, but for the bracket that closes them. */
function othersOf(slo: Slo): readonly string[] {
  let others = known.get(slo);
  if (others === undefined) {
    const own = identity(slo);
    others = [label.service, label.slo].map((name) =>
      seriesText("", { ...own, [name]: `not-${own[name] ?? ""}` }).slice(0, -1),
    );
    known.set(slo, others);
  }
  return others;
}

/** Every test of an SLO has neighbours beside it. */
const known = new WeakMap<Slo, readonly string[]>();

function more(labels: Record<string, string>): string {
  let text = "";
  for (const name in labels) text += `,${name}=${quote(labels[name] ?? "")}`;
  return text;
}

/** An input for the SLO's own recorded series. */
export function ownInput(slo: Slo, series: string, values: string, extra?: Record<string, string>): Input {
  return { series: ownSeries(slo, series, extra), values };
}

/** Names an SLO's own recorded series, with labels that it carries besides. */
export function ownSeries(slo: Slo, series: string, extra?: Record<string, string>): string {
  return extra === undefined ? own(series, slo) : `${own(series, slo).slice(0, -1)}${more(extra)}}`;
}

/**
 * A label for fed counts of short windows. Beside a fed total, the rule for bad events writes its own 0; under another
 * label set the fed count stands next to it, and every rule that reads them sums both.
 */
export const fed = { [label.part]: "fed" };

/**
 * What to feed for the bad events of a short window. An SLI that counts good events writes the whole fed total as bad
 * where no good series is: feed the difference, which brings the sum back to the bad events.
 */
export function fedBad<T>(slo: Slo, events: { readonly bad: T; readonly difference: T }): T {
  const countsGood = slo.indicator.kind === "events" && slo.indicator.good !== undefined;
  return countsGood ? events.difference : events.bad;
}
