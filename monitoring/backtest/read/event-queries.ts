/**
 * PromQL that gives the events of one step, at each step, so that the steps add up: no event is in two of them or in none.
 *
 * `increase` cannot do that. Over one scrape it has no two samples; over more it extrapolates, and what happens between
 * the last sample of one window and the first of the next is in neither. So a counter is read at the step's two ends:
 *
 *     irate(last_over_time(SELECTOR[1h])[2m:1m]) * 60        for a step of one minute
 *
 * The subquery reads each series at whole steps, `irate` takes the difference of its last two readings, and counts from 0
 * where the counter began anew. `last_over_time` holds a reading while scrapes fail, so that what a gap hid is counted
 * when it ends; like `increase`, it does not count what a series had when it appeared. Sums are made by Prometheus, so
 * an answer is as long as the time, whatever the number of series.
 */
import { duration } from "../../compiler/duration.ts";
import type { EventCount, Indicator, Slo } from "../../compiler/model.ts";
import { nodesOf, WINDOW, parseQuery, isMistake } from "../../compiler/openslo/promql/syntax.ts";
import { sampleRules } from "../../compiler/rules/samples.ts";

/** How long a reading of a counter is held while its scrapes fail, in seconds. */
const HOLD_SECONDS = 3600;

/** Expressions that cannot be taken apart are asked over so many steps, which overlap. */
const OVERLAP = 4;

export interface EventQueries {
  /** PromQL for all events of the step that ends now. */
  readonly total: string;
  /** PromQL for the good or the bad ones among them. */
  readonly part: string;
  readonly partIs: "good" | "bad";
  /** Whether its steps are exact, or each is a mean over a few. */
  readonly exact: boolean;
}

/**
 * Writes the two queries of an SLO.
 *
 * @param slo whose indicator; its own queries are asked, not recorded series.
 * @param step in seconds.
 */
export function eventQueries(slo: Slo, step: number): EventQueries {
  const { indicator } = slo;
  if (indicator.kind !== "events") return sampleQueries(slo);
  const [total, part] = [countOfStep(indicator.total, step), countOfStep(partOf(indicator), step)];
  return {
    total: total.query,
    part: part.query,
    partIs: indicator.good ? "good" : "bad",
    exact: total.exact && part.exact,
  };
}

/** A selector of the SLI: how densely it is sampled can be asked of it. Undefined when a query selects nothing. */
export function selectorOf({ indicator }: Pick<Slo, "indicator">): string | undefined {
  const query = indicator.kind === "events" ? indicator.total.query : indicator.query;
  const parsed = parseQuery(query);
  if (isMistake(parsed)) return undefined;
  const [selector] = nodesOf(parsed.tree.topNode, "VectorSelector");
  return selector && query.slice(selector.from, selector.to);
}

function partOf(indicator: Extract<Indicator, { kind: "events" }>): EventCount {
  return indicator.good ?? indicator.bad;
}

/** A judged sample is an event: what the rules record at each evaluation is asked at each step. */
function sampleQueries(slo: Slo): EventQueries {
  const [total, bad] = sampleRules(slo);
  return { total: total?.expr ?? "", part: bad?.expr ?? "", partIs: "bad", exact: true };
}

interface CountOfStep {
  readonly query: string;
  readonly exact: boolean;
}

function countOfStep(count: EventCount, step: number): CountOfStep {
  const { query } = count;
  if (!query.includes(WINDOW)) {
    const events = count.counter ? difference(query, step) : samples(query, step);
    return { query: `sum(${events})`, exact: true };
  }
  return takenApart(query, step) ?? { query: overlapping(query, step), exact: false };
}

/** Events of a counter in the step that ends now. */
function difference(selector: string, step: number): string {
  const every = duration(step);
  return `irate(last_over_time(${selector}[${duration(HOLD_SECONDS)}])[${duration(2 * step)}:${every}]) * ${step}`;
}

/** A gauge of events per sample. A millisecond less, or a sample on the edge would be in two steps. */
function samples(selector: string, step: number): string {
  return `sum_over_time(${selector}[${duration(step - 0.001)}])`;
}

/** What may stand around counts without changing that counts of parts add up. */
const LINEAR = new Set(["Sum", "Increase", "Rate", "SumOverTime", "CountOverTime", "LabelReplace", "Vector"]);
const COUNTED = new Set(["Increase", "Rate", "SumOverTime", "CountOverTime"]);

/** Replaces each count over `$window` in an expression by the same count over one step, where such counts add up. */
function takenApart(query: string, step: number): CountOfStep | undefined {
  const parsed = parseQuery(query);
  if (isMistake(parsed)) return undefined;
  const root = parsed.tree.topNode;
  const operators = ["Mul", "Div", "Pow", "Mod"].some((operator) => nodesOf(root, operator).length > 0);
  const called = [...nodesOf(root, "FunctionIdentifier"), ...nodesOf(root, "AggregateOp")];
  if (operators || called.some((node) => !LINEAR.has(node.firstChild?.name ?? ""))) return undefined;
  let text = "";
  let end = 0;
  for (const call of nodesOf(root, "FunctionCall")) {
    const name = call.getChild("FunctionIdentifier")?.firstChild?.name ?? "";
    const range = call.getChild("FunctionCallBody")?.getChild("MatrixSelector");
    if (!COUNTED.has(name)) continue;
    const selector = range?.getChild("VectorSelector");
    if (!range || !selector || !query.slice(range.from, range.to).endsWith(`[${WINDOW}]`)) return undefined;
    const inner = query.slice(selector.from, selector.to);
    text += query.slice(end, call.from) + replacement(name, inner, step);
    end = call.to;
  }
  return { query: `sum(${text}${query.slice(end)})`, exact: true };
}

function replacement(name: string, selector: string, step: number): string {
  if (name === "Increase") return `(${difference(selector, step)})`;
  // Events a second: all queries of an SLI speak of the same second.
  if (name === "Rate") return `(${difference(selector, step)})`;
  const range = `${selector}[${duration(step - 0.001)}]`;
  return name === "SumOverTime" ? `sum_over_time(${range})` : `count_over_time(${range})`;
}

/** Every event is in so many of these windows, and each counts it as the fraction that makes it one. */
function overlapping(query: string, step: number): string {
  return `sum(${query.replaceAll(WINDOW, duration(OVERLAP * step))}) / ${OVERLAP}`;
}
