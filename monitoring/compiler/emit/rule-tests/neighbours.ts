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
  const own = { ...identity(slo), ...extra };
  return [label.service, label.slo].map((name) => ({
    series: seriesText(series, { ...own, [name]: `not-${own[name] ?? ""}` }),
    values,
  }));
}

/** An input for the SLO's own recorded series. */
export function ownInput(
  slo: Slo,
  series: string,
  values: string,
  extra: Record<string, string> = {},
): Input {
  return { series: ownSeries(slo, series, extra), values };
}

/** Names an SLO's own recorded series, with labels that it carries besides. */
export function ownSeries(slo: Slo, series: string, extra: Record<string, string> = {}): string {
  let text = own(series, slo).slice(0, -1);
  for (const name in extra) text += `,${name}=${quote(extra[name] ?? "")}`;
  return `${text}}`;
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
