import { reasonOf } from "../../fetch-bounded.ts";
import { expression } from "../display/field.ts";
import type { PageScope } from "../data/load.ts";
import { labelValues, queryInstant } from "../data/prometheus.ts";
import { kindOf, sourceFor } from "../data/sources.ts";
import type { Sources } from "../data/sources.ts";
import { MAX_VARIABLE_VALUES, requestLimits, SCRAPE_INTERVAL } from "../limits.ts";
import type { Variable } from "../schema/dashboard.ts";
import { stepFor } from "../time-range.ts";
import type { TimeRange } from "../time-range.ts";
import { interpolateQuery } from "./interpolate.ts";
import type { Resolved } from "./interpolate.ts";

/** A variable as the page offers it. */
export interface Choice extends Resolved {
  readonly label: string;
  readonly kind: Variable["type"];
  readonly hidden: boolean;
  readonly multi: boolean;
  readonly includeAll: boolean;
  /** Whether all values are chosen. */
  readonly all: boolean;
  readonly options: readonly string[];
  /** What is wrong with the values that the address asks for, or why there are none; null when all is well. */
  readonly problem: string | null;
}

/** What the address says of variables: `var-service=order&var-service=user`. */
export type Wanted = Readonly<Record<string, readonly string[]>>;

const ALL = new Set(["$__all", "All"]);

/**
 * Finds the values of each variable, in the order of the file: a query may use the variables before it. Never throws:
 * what is wrong stands in `problem`.
 */
export async function resolveVariables(
  list: readonly Variable[],
  wanted: Wanted,
  range: TimeRange,
  sources: Sources,
): Promise<Choice[]> {
  const resolved: Choice[] = [];
  for (const variable of list)
    resolved.push(
      await resolveOne(variable, wanted[variable.name] ?? [], { variables: resolved, range }, sources),
    );
  return resolved;
}

async function resolveOne(
  variable: Variable,
  wanted: readonly string[],
  scope: PageScope,
  sources: Sources,
): Promise<Choice> {
  let options: string[] = [];
  let problem: string | null = null;
  try {
    options = await optionsOf(variable, scope, sources);
  } catch (error) {
    problem = `${variable.label || variable.name}: its values are not known. ${reasonOf(error)}.`;
  }
  const multi = "multi" in variable && variable.multi === true;
  const includeAll = "includeAll" in variable && variable.includeAll === true;
  const given = wanted.slice(0, requestLimits.values).map((value) => value.slice(0, requestLimits.value));
  const fromFile = [variable.current?.value ?? []].flat();
  // Without its values there is nothing to compare with; what is asked for is escaped either way.
  const anyGoes = variable.type === "textbox" || problem !== null;
  const known = (value: string): boolean =>
    anyGoes || options.includes(value) || (includeAll && ALL.has(value));
  const strange = given.find((value) => !known(value));
  if (strange !== undefined)
    problem = `${variable.label || variable.name}: got ${JSON.stringify(strange.slice(0, 80))}, want one of ${options.slice(0, 12).join(", ") || "none: there are no values in this range"}.`;
  const accepted = given.filter(known);
  const start = accepted.length > 0 ? accepted : fromFile.filter(known);
  const all = includeAll && (start.length === 0 || start.some((value) => ALL.has(value)));
  const chosen = all ? options : start.length > 0 ? start : options.slice(0, 1);
  const raw = all && "allValue" in variable && variable.allValue ? { raw: variable.allValue } : {};
  return {
    name: variable.name,
    label: variable.label || variable.name,
    kind: variable.type,
    hidden: variable.hide === 2 || variable.type === "constant",
    multi,
    includeAll,
    all,
    options,
    values: multi || all ? chosen : chosen.slice(0, 1),
    several: multi || includeAll,
    trusted: ["custom", "constant", "interval", "datasource"].includes(variable.type),
    problem,
    ...raw,
  };
}

async function optionsOf(variable: Variable, scope: PageScope, sources: Sources): Promise<string[]> {
  switch (variable.type) {
    case "query":
      return queried(variable, scope, sources);
    case "custom":
    case "interval":
      return variable.query
        .split(/(?<!\\),/)
        .map((part) => part.replace("\\,", ",").split(/ : /).at(-1)?.trim() ?? "")
        .filter(Boolean);
    case "constant":
    case "datasource":
    case "textbox":
      return [variable.query];
    default:
      return variable satisfies never;
  }
}

async function queried(
  variable: Extract<Variable, { type: "query" }>,
  scope: PageScope,
  sources: Sources,
): Promise<string[]> {
  const source = sourceFor(kindOf(variable.datasource, scope), sources);
  const text = typeof variable.query === "string" ? variable.query : variable.query.query;
  const query = interpolateQuery(text, {
    ...scope,
    step: stepFor(scope.range, 200),
    scrape: SCRAPE_INTERVAL,
  });
  const { from, to } = scope.range;
  const [, selector = "", label] =
    /^\s*label_values\((?:(.*),)?\s*([A-Za-z_]\w*)\s*\)\s*$/s.exec(query) ?? [];
  const [, inner] = /^\s*query_result\((.*)\)\s*$/s.exec(query) ?? [];
  let values: string[];
  if (label !== undefined) {
    // On a grid of a minute, so that the pages of a minute share the answer.
    values = await labelValues(
      source,
      { selector: selector.trim(), label },
      { start: Math.floor(from / 60) * 60, end: Math.ceil(to / 60) * 60 },
    );
  } else if (inner !== undefined) {
    const series = await queryInstant(source, inner, Math.floor(to));
    values = series.map(({ labels, points }) => `${JSON.stringify(labels)} ${points[0]?.[1] ?? ""}`);
  } else
    throw new RangeError(
      `The console knows label_values(…) and query_result(…), and not ${JSON.stringify(query.slice(0, 80))}`,
    );
  return sorted(filtered(values, variable.regex), variable.sort ?? 0).slice(0, MAX_VARIABLE_VALUES);
}

/** The variable's regular expression picks values, and its first group a part of each. */
function filtered(values: readonly string[], regex: string | undefined): string[] {
  const pattern = regex ? expression(regex) : undefined;
  if (pattern === undefined) return [...new Set(values)].filter(Boolean);
  const found = values.flatMap((value) => {
    const match = pattern.exec(value);
    return match === null ? [] : [match[1] ?? match[0]];
  });
  return [...new Set(found)].filter(Boolean);
}

/** Grafana's numbers: 1 and 2 by letter, 3 and 4 by number, 5 and 6 without case; even ones downwards. */
function sorted(values: readonly string[], order: number): string[] {
  if (order === 0) return [...values];
  const up = values.toSorted((a, b) =>
    a.localeCompare(b, "en", {
      numeric: order === 3 || order === 4,
      sensitivity: order > 4 ? "base" : "variant",
    }),
  );
  return order % 2 === 0 ? up.toReversed() : up;
}
