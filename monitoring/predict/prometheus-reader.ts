import { z } from "zod";

/** A value of a series at a moment, in milliseconds since 1970. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** The two questions that a prediction asks Prometheus. Both throw when there is no answer, or several series. */
export interface PrometheusReader {
  /** The value at a moment, in milliseconds since 1970, or now; undefined when there is none. */
  readonly value: (expression: string, atMs?: number) => Promise<number | undefined>;
  /** The values from one moment to another, every so many seconds; empty when there are none. */
  readonly range: (
    expression: string,
    fromMs: number,
    toMs: number,
    stepSeconds: number,
  ) => Promise<readonly Sample[]>;
}

const point = z.tuple([z.number(), z.string()]);
const vectorSchema = z.object({ data: z.object({ result: z.array(z.object({ value: point })) }) });
const matrixSchema = z.object({ data: z.object({ result: z.array(z.object({ values: z.array(point) })) }) });

/**
 * Reads a Prometheus by its HTTP API.
 *
 * @param url without a slash at the end.
 * @param timeoutMs how long an answer may take, in milliseconds.
 */
export function prometheusReader(url: string, timeoutMs = 10_000): PrometheusReader {
  const ask = async (path: string, parameters: Record<string, string>): Promise<unknown> => {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${url}/api/v1/${path}`, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response.json();
    throw new Error(`${url} answered ${response.status} to ${body.toString()}: ${await response.text()}`);
  };
  return {
    value: async (query, atMs) => {
      const moment = atMs === undefined ? {} : { time: String(atMs / 1000) };
      const found = one(vectorSchema.parse(await ask("query", { query, ...moment })).data.result, query);
      return found === undefined ? undefined : Number(found.value[1]);
    },
    range: async (query, fromMs, toMs, stepSeconds) => {
      const span = { start: String(fromMs / 1000), end: String(toMs / 1000), step: String(stepSeconds) };
      const found = one(matrixSchema.parse(await ask("query_range", { query, ...span })).data.result, query);
      return (found?.values ?? []).map(([at, value]) => ({
        at: Math.round(at * 1000),
        value: Number(value),
      }));
    },
  };
}

function one<T>(result: readonly T[], query: string): T | undefined {
  if (result.length > 1) throw new RangeError(`${query} gives ${result.length} series, want one`);
  return result[0];
}
