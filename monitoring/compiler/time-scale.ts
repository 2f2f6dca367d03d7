/**
 * Makes rules that were written for real time run N times faster: for a workshop or a test. Names, labels and texts
 * stay as they are, so `increase1h` counts one minute at 60.
 */
import { parser } from "@prometheus-io/lezer-promql";
import { duration, parseDuration } from "./duration.ts";

/** A rule file as YAML gives it. Keys that are not named here are passed on. */
export interface RuleDocument {
  readonly groups: readonly GroupDocument[];
}

export interface GroupDocument {
  readonly name: string;
  /** Absent: the global evaluation interval, which whoever scales the configuration has scaled already. */
  readonly interval?: string;
  readonly rules: readonly RuleEntry[];
  readonly [other: string]: unknown;
}

export interface RuleEntry {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly [other: string]: unknown;
}

export interface ScaleOptions {
  /** How often the targets are scraped at real scale, in seconds: the slowest job that the rules read. */
  readonly scrapeSeconds: number;
}

/** No group is evaluated, and nothing is scraped, more often than this. */
const shortestIntervalSeconds = 1;
/** `increase` needs two samples; four still give two when one scrape is late and another fails. */
const scrapesInRange = 4;

/**
 * Divides every duration of rule files.
 *
 * Ranges, offsets and subqueries of every expression, `for`, `keep_firing_for` and group intervals become N times
 * shorter. No interval gets under one second, and no range under four of the scaled scrape intervals.
 *
 * @param files parsed rule files, ours or hand-written; they are not changed.
 * @param scale N, from 1 to 60; 1 changes nothing.
 * @param options see ScaleOptions.
 * @returns new rule files in the same order.
 * @throws RangeError when N is out of range; SyntaxError when an expression cannot be parsed. Both say which.
 */
export function scaleRules<T extends RuleDocument>(
  files: readonly T[],
  scale: number,
  options: ScaleOptions,
): T[] {
  if (!(scale >= 1 && scale <= 60))
    throw new RangeError(`time scale: got ${scale}, want a number from 1 to 60`);
  if (scale === 1) return [...files];
  const scrape = Math.max(shortestIntervalSeconds, options.scrapeSeconds / scale);
  const shortestRange = scrapesInRange * scrape;
  const divide = (text: string, least = 0): string => {
    const seconds = parseDuration(text);
    return seconds === 0 ? text : duration(Math.max(least, milli(seconds / scale)));
  };
  const scaleRule = (rule: RuleEntry, group: string): RuleEntry => ({
    ...rule,
    expr: scaleExpression(rule.expr, scale, shortestRange, `${group}, ${rule.record ?? rule.alert}`),
    ...(rule.for === undefined ? {} : { for: divide(rule.for) }),
    ...(rule.keep_firing_for === undefined ? {} : { keep_firing_for: divide(rule.keep_firing_for) }),
  });
  return files.map((file) => ({
    ...file,
    groups: file.groups.map((group) => ({
      ...group,
      ...(group.interval === undefined ? {} : { interval: divide(group.interval, shortestIntervalSeconds) }),
      rules: group.rules.map((rule) => scaleRule(rule, group.name)),
    })),
  }));
}

/** Only the grammar knows which `5m` is a duration: in `{window="5m"}` it is text, in `x > 5m` a number. */
function scaleExpression(expr: string, scale: number, shortestRange: number, rule: string): string {
  let scaled = "";
  let end = 0;
  parser.parse(expr).iterate({
    enter({ type, from, to, node }) {
      if (type.isError)
        throw new SyntaxError(`${rule}: cannot parse the expression at ${JSON.stringify(expr.slice(from))}`);
      if (type.name === "DurationExpr" && node.parent?.name === "DurationExpr") {
        throw new SyntaxError(
          `${rule}: cannot scale the arithmetic on durations ${expr.slice(node.parent.from, node.parent.to)}`,
        );
      }
      if (type.name !== "NumberDurationLiteralInDurationContext") return;
      const isRange = node.parent?.parent?.name === "MatrixSelector";
      const seconds = parseDuration(expr.slice(from, to)) / scale;
      scaled += expr.slice(end, from) + length(isRange ? Math.max(seconds, shortestRange) : seconds);
      end = to;
    },
  });
  return scaled + expr.slice(end);
}

function length(seconds: number): string {
  return seconds === 0 ? "0s" : duration(milli(seconds));
}

/** Prometheus counts in milliseconds. */
function milli(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000)) / 1000;
}
