/** The questions that dashboards ask of Prometheus' HTTP API; Loki answers metric queries in the same form. */
import { z } from "zod";
import { MAX_VARIABLE_VALUES } from "../limits.ts";
import { DataSourceError } from "./ask.ts";
import type { Ask } from "./ask.ts";
import type { Labels } from "./frame.ts";

export interface Series {
  readonly labels: Labels;
  /** Unix seconds and value, ascending. */
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** Unix seconds; `end` is on the grid of `step`, counted from `start`. */
export interface Grid {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const labels = z.record(z.string(), z.string());
const point = z
  .tuple([z.number(), z.string()])
  .transform(([time, value]) => [time, numberOf(value)] as const);
const answerSchema = z.object({
  data: z.discriminatedUnion("resultType", [
    z.object({
      resultType: z.literal("matrix"),
      result: z.array(z.object({ metric: labels, values: z.array(point) })),
    }),
    z.object({
      resultType: z.literal("vector"),
      result: z.array(z.object({ metric: labels, value: point })),
    }),
    z.object({ resultType: z.literal("scalar"), result: point }),
  ]),
});
const valuesSchema = z.object({ data: z.array(z.string()) });

/** Where the two APIs differ. */
export interface Api {
  readonly name: string;
  readonly ask: Ask;
  /** `/api/v1` or `/loki/api/v1`. */
  readonly root: string;
}

/** Evaluates an expression at each step of a grid. @throws DataSourceError */
export async function queryRange(
  { name, ask, root }: Api,
  query: string,
  { start, end, step }: Grid,
): Promise<Series[]> {
  const form = { query, start: String(start), end: String(end), step: String(step) };
  return seriesOf(name, await ask(`${root}/query_range`, form, "POST"));
}

/** Evaluates an expression at one time, in Unix seconds. @throws DataSourceError */
export async function queryInstant({ name, ask, root }: Api, query: string, time: number): Promise<Series[]> {
  return seriesOf(name, await ask(`${root}/query`, { query, time: String(time) }, "POST"));
}

/** The values of a label among the series that a selector matches; of all series without one. @throws DataSourceError */
export async function labelValues(
  { name, ask, root }: Api,
  { selector, label }: { readonly selector: string; readonly label: string },
  { start, end }: Pick<Grid, "start" | "end">,
): Promise<string[]> {
  const form = {
    start: String(start),
    end: String(end),
    ...(selector === "" ? {} : { "match[]": selector }),
  };
  const parsed = valuesSchema.safeParse(await ask(`${root}/label/${encodeURIComponent(label)}/values`, form));
  if (!parsed.success) throw otherForm(name);
  return parsed.data.data.slice(0, MAX_VARIABLE_VALUES);
}

function seriesOf(name: string, json: unknown): Series[] {
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) throw otherForm(name);
  const { data } = parsed.data;
  switch (data.resultType) {
    case "matrix":
      return data.result.map(({ metric, values }) => ({ labels: metric, points: values }));
    case "vector":
      return data.result.map(({ metric, value }) => ({ labels: metric, points: [value] }));
    case "scalar":
      return [{ labels: {}, points: [data.result] }];
    default:
      return data satisfies never;
  }
}

function otherForm(name: string): DataSourceError {
  return new DataSourceError(`${name} answered in a form that is none of its own`);
}

/** `+Inf` is how Prometheus writes what JSON cannot. */
function numberOf(text: string): number {
  return Number(text.replace(/Inf$/, "Infinity"));
}
