import { decimal } from "../../decimal.ts";
import type { Indicator } from "../../model.ts";
import { readCountQuery } from "../promql/query.ts";
import { metricOf } from "../promql/selector.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { PrometheusSpec } from "../schema/sli.ts";
import type { Objective } from "../schema/slo.ts";
import { shown } from "../wording.ts";
import type { Context } from "./context.ts";

/** A histogram metric: its name without `_bucket`, the matchers behind it, and the bounds that it exposes. */
export interface Histogram {
  readonly name: string;
  /** Between the braces: `service="order"`; empty when there are none. */
  readonly matchers: string;
  /** Ascending, without +Inf. */
  readonly buckets: readonly number[];
}

const PART = /_(bucket|count|sum)$/;

/**
 * Reads `histogram` and `buckets` of a threshold metric.
 *
 * @returns undefined when something is wrong with them, which is then told.
 */
export function readHistogram(spec: Node<PrometheusSpec>, context: Context): Histogram | undefined {
  const { log } = context;
  const text = field(spec, "histogram");
  const bounds = field(spec, "buckets");
  if (!has(spec, "buckets")) {
    const place = placeOf(spec);
    log.error(
      place,
      "missing-field",
      "buckets is required beside histogram",
      "List the bounds that the metric exposes",
    );
  }
  const query = text && readCountQuery(text, log);
  const selector = query?.selectors[0];
  const name = selector && metricOf(selector);
  if (text === undefined || query === undefined || bounds === undefined) return undefined;
  if (name === undefined || query.windowed || !query.text.startsWith(name)) {
    const place = placeOf(text);
    log.error(
      place,
      "histogram-selector",
      `got ${shown(text.value)}, want one selector`,
      "Name the metric and its labels",
    );
    return undefined;
  }
  if (PART.test(name) || selector?.matchers.some(({ label }) => label === "le")) {
    log.error(
      placeOf(text),
      "histogram-part",
      "the histogram is named by one of its series or buckets",
      `Write ${name.replace(PART, "")} without _bucket, _count, _sum and le; the objective's value chooses the bucket`,
    );
    return undefined;
  }
  const matchers = query.text.slice(query.text.indexOf("{") + 1, query.text.lastIndexOf("}"));
  return {
    name,
    matchers: query.text.includes("{") ? matchers.trim().replace(/,$/, "") : "",
    buckets: bounds.value.toSorted((a, b) => a - b),
  };
}

/**
 * Makes an events indicator of a histogram and an objective's threshold.
 *
 * A bucket holds what is at most its bound. So `lte` and `gt` can be told exactly; `lt` and `gte` differ from them in
 * the events that are exactly at the bound, which a histogram does not know apart.
 *
 * @returns undefined when the histogram cannot tell, which is then reported.
 */
export function histogramIndicator(
  histogram: Histogram,
  op: NonNullable<Objective["op"]>,
  value: Node<number>,
  { log }: Context,
): Indicator | undefined {
  if (op === "lt" || op === "gte") {
    const exactOp = op === "lt" ? "lte" : "gt";
    log.error(
      placeOf({ ...value, path: [...value.path.slice(0, -1), "op"] }),
      "histogram-op",
      `a histogram's buckets hold what is at most their bound, so ${op} cannot be told from ${exactOp}`,
      `Write op: ${exactOp}`,
    );
    return undefined;
  }
  if (!histogram.buckets.includes(value.value)) {
    log.error(
      placeOf(value),
      "no-such-bucket",
      `the histogram has no bucket at ${decimal(value.value)}, so nobody can tell how many events are ${op === "lte" ? "within" : "above"} it`,
      `Choose ${neighbours(histogram.buckets, value.value)}, or add the bucket where the metric is made`,
    );
    return undefined;
  }
  const within = { query: select(histogram, "_bucket", bucketMatcher(value.value)), counter: true };
  const total = { query: select(histogram, "_count"), counter: true };
  return op === "lte" ? { kind: "events", good: within, total } : { kind: "events", bad: within, total };
}

function select({ name, matchers }: Histogram, part: string, extra = ""): string {
  const all = [matchers, extra].filter((matcher) => matcher !== "").join(",");
  return `${name}${part}${all === "" ? "" : `{${all}}`}`;
}

/**
 * The matcher of one bucket. Clients print the same bound in several ways (Go `1` and `1e+06`, Python and Prometheus 3
 * `1.0`, Java `1.0E6`), so a bound that has several is matched by all of them.
 */
export function bucketMatcher(bound: number): string {
  const plain = decimal(bound);
  const spellings = new Set([plain]);
  if (Number.isInteger(bound)) spellings.add(`${plain}.0`);
  const [mantissa = "", exponent = "0"] = bound.toExponential().split("e");
  const power = Number(exponent);
  if (power >= 6 || power < -3) {
    const sign = power < 0 ? "-" : "+";
    spellings.add(`${mantissa}e${sign}${String(Math.abs(power)).padStart(2, "0")}`);
    spellings.add(`${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${power}`);
  }
  if (spellings.size === 1) return `le="${plain}"`;
  const pattern = [...spellings].map((text) => text.replaceAll(/[.+]/g, "[$&]")).join("|");
  return `le=~"${pattern}"`;
}

function neighbours(buckets: readonly number[], value: number): string {
  const below = buckets.findLast((bound) => bound < value);
  const above = buckets.find((bound) => bound > value);
  return [below, above]
    .filter((bound) => bound !== undefined)
    .map(decimal)
    .join(" or ");
}
