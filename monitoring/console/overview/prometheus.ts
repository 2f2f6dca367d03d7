/** The few questions that the console asks of Prometheus' HTTP API, and nothing more. */
import { z } from "zod";
import { fetchBounded, reasonOf } from "../fetch-bounded.ts";
import type { BoundedAnswer } from "../fetch-bounded.ts";
import { prometheusLimits } from "../limits.ts";

/** One sample of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of one series, oldest first. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, and the value. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: "pending" | "firing";
  readonly activeAt: Date;
}

export interface Prometheus {
  /** Evaluates an expression, now or at a moment. @throws PrometheusError */
  query(expression: string, at?: Date): Promise<Sample[]>;
  /** Evaluates an expression that gives a range, such as `up[5m]`, at a moment. @throws PrometheusError */
  range(expression: string, at: Date): Promise<Series[]>;
  /** The alerts that are pending or firing. @throws PrometheusError */
  alerts(): Promise<ActiveAlert[]>;
}

/** Prometheus could not be asked, or gave an answer that is none. The message is for people. */
export class PrometheusError extends Error {
  override readonly name = "PrometheusError";
  readonly code = "PROMETHEUS_UNAVAILABLE";
}

const labels = z.record(z.string(), z.string());
const vectorSchema = z.object({
  data: z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: labels, value: z.tuple([z.number(), z.string()]) })),
  }),
});
const matrixSchema = z.object({
  data: z.object({
    resultType: z.literal("matrix"),
    result: z.array(z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});
const alertsSchema = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels,
        annotations: labels,
        state: z.enum(["pending", "firing"]),
        activeAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
      }),
    ),
  }),
});

/**
 * @param url the server's address, without a path.
 * @param fetch how to ask. @default the global fetch
 */
export function createPrometheus(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): Prometheus {
  return {
    async query(expression, at) {
      const { data } = await ask("/api/v1/query", form(expression, at), vectorSchema);
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    async range(expression, at) {
      const { data } = await ask("/api/v1/query", form(expression, at), matrixSchema);
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map(([seconds, value]) => [Math.round(seconds * 1000), Number(value)] as const),
      }));
    },
    async alerts() {
      const { data } = await ask("/api/v1/alerts", undefined, alertsSchema);
      return data.alerts;
    },
  };

  async function ask<S extends z.ZodType>(
    path: string,
    form: URLSearchParams | undefined,
    schema: S,
  ): Promise<z.output<S>> {
    const { timeout, answer } = prometheusLimits;
    const request: RequestInit = form === undefined ? {} : { method: "POST", body: form };
    let response: BoundedAnswer;
    try {
      response = await fetchBounded(`${url}${path}`, request, { timeout, answer, fetch });
    } catch (error) {
      throw new PrometheusError(reasonOf(error), { cause: error });
    }
    if (!response.ok) throw new PrometheusError(`${url} answered ${response.status} to ${path}`);
    try {
      return schema.parse(JSON.parse(response.body));
    } catch (error) {
      throw new PrometheusError(`${url} is not a Prometheus: its answer to ${path} has another form`, {
        cause: error,
      });
    }
  }
}

function form(expression: string, at?: Date): URLSearchParams {
  return new URLSearchParams({
    query: expression,
    ...(at === undefined ? {} : { time: String(at.getTime() / 1000) }),
  });
}
