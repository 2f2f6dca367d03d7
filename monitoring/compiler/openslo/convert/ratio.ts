import { listed } from "../../explain/format.ts";
import type { EventCount, Indicator } from "../../model.ts";
import { relate } from "../promql/containment.ts";
import { readCountQuery, readSampleQuery } from "../promql/query.ts";
import type { CountQuery } from "../promql/query.ts";
import { metricOf } from "../promql/selector.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { Metric, RatioMetric } from "../schema/sli.ts";
import { shown } from "../wording.ts";
import type { Context } from "./context.ts";
import { readMetricSource } from "./metric-source.ts";

/** Names that Prometheus' conventions keep for counters. */
const COUNTER_NAME = /_(total|count|bucket)$/;

/**
 * Reads a ratio metric: good or bad events with all of them, or a ready-made ratio.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readRatio(ratio: Node<RatioMetric>, context: Context): Indicator | undefined {
  if (has(ratio, "raw") || has(ratio, "rawType")) return readRaw(ratio, context);
  if (!checkParts(ratio, context)) return undefined;
  const part = has(ratio, "good") ? "good" : "bad";
  const some = readCount(field(ratio, part), context);
  const all = readCount(field(ratio, "total"), context);
  if (some === undefined || all === undefined) return undefined;
  const counter = readCounter(ratio, [some.query, all.query], context);
  if (counter === undefined || !checkRelation(part, some, all, context)) return undefined;
  const count = toCount(some.query, counter);
  const total = toCount(all.query, counter);
  return part === "good" ? { kind: "events", good: count, total } : { kind: "events", bad: count, total };
}

function readRaw(ratio: Node<RatioMetric>, { log, ...context }: Context): Indicator | undefined {
  const beside = (["good", "bad", "total"] as const).filter((key) => has(ratio, key));
  const missing = (["raw", "rawType"] as const).find((key) => !has(ratio, key));
  if (beside.length > 0) {
    log.error(
      placeOf(ratio),
      "raw-and-counts",
      `raw is a finished ratio, and ${listed(beside)} counts events`,
      "Write raw and rawType, or good (or bad) and total",
    );
    return undefined;
  }
  if (missing !== undefined) {
    const remedy =
      missing === "raw" ? "Add raw, or remove rawType" : "Add rawType: success or rawType: failure";
    log.error(
      placeOf(ratio),
      "raw-incomplete",
      `raw and rawType belong together, and ${missing} is missing`,
      remedy,
    );
    return undefined;
  }
  const rawType = field(ratio, "rawType");
  const text = readQueryText(field(ratio, "raw"), { log, ...context });
  const query = text && readSampleQuery(text, log);
  if (rawType === undefined || query === undefined) return undefined;
  return { kind: "ratio-samples", query, rawType: rawType.value };
}

function checkParts(ratio: Node<RatioMetric>, { log }: Context): boolean {
  if (has(ratio, "good") === has(ratio, "bad")) {
    log.error(
      placeOf(ratio),
      "good-or-bad",
      has(ratio, "good") ? "both good and bad are given" : "neither good nor bad is given",
      "Write exactly one of the two, and total",
    );
    return false;
  }
  if (has(ratio, "total")) return true;
  log.error(placeOf(ratio), "missing-field", "total is required beside good or bad", "Add total");
  return false;
}

interface Count {
  readonly text: Node<string>;
  readonly query: CountQuery;
}

function readCount(metric: Node<Metric> | undefined, context: Context): Count | undefined {
  const text = readQueryText(metric, context);
  const query = text && readCountQuery(text, context.log);
  return text && query && { text, query };
}

function readQueryText(metric: Node<Metric> | undefined, context: Context): Node<string> | undefined {
  const spec = metric && readMetricSource(metric, context);
  if (spec === undefined) return undefined;
  if (!has(spec, "histogram") && !has(spec, "buckets") && has(spec, "query")) return field(spec, "query");
  context.log.error(
    placeOf(spec),
    "ratio-needs-query",
    "a ratio's metrics are read from query alone",
    "Write query; histogram and buckets belong to thresholdMetric",
  );
  return undefined;
}

/** @returns undefined when nothing sensible can be assumed. */
function readCounter(
  ratio: Node<RatioMetric>,
  queries: readonly CountQuery[],
  { log }: Context,
): boolean | undefined {
  const counter = field(ratio, "counter");
  // An expression with $window counts for itself.
  if (queries.every(({ windowed }) => windowed)) return counter?.value ?? true;
  const name = queries
    .filter(({ windowed }) => !windowed)
    .flatMap(({ selectors }) => selectors.map(metricOf))
    .find((metric) => metric !== undefined && COUNTER_NAME.test(metric));
  if (counter === undefined && name !== undefined) {
    log.error(
      placeOf(ratio),
      "counter-missing",
      `counter is absent, which means false, but ${name} is named like a counter`,
      "Add counter: true",
    );
    return undefined;
  }
  if (counter === undefined) {
    log.warning(
      placeOf(ratio),
      "counter-assumed-false",
      "counter is absent; the specification gives no default, OpenSLO's SDK reads false: each sample is a number of events",
      "Add counter: false, or counter: true if the metric only rises",
    );
  } else if (!counter.value && name !== undefined) {
    log.warning(
      placeOf(counter),
      "counter-false-on-counter",
      `${name} is named like a counter, and its samples will be added up`,
      "Write counter: true if it only rises",
    );
  }
  return counter?.value ?? false;
}

function checkRelation(part: "good" | "bad", some: Count, all: Count, { log }: Context): boolean {
  const relation = relate(some.query, all.query);
  if (relation.kind === "exceeds") {
    log.error(
      placeOf(some.text),
      "more-than-total",
      `${part} can be more than total: total narrows ${listed(relation.labels)}, and ${part} does not`,
      `Give ${part} the same matcher, or take it away from total`,
    );
    return false;
  }
  if (relation.kind === "same") {
    log.warning(
      placeOf(some.text),
      "part-equals-total",
      `${part} and total are the same query (${shown(some.query.text)}): all events are ${part}, always`,
      `Narrow ${part} to the events that are ${part}`,
    );
  }
  return true;
}

function toCount(query: CountQuery, counter: boolean): EventCount {
  return { query: query.text, counter };
}
