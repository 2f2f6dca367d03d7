/** The questions that a backtest asks of Prometheus' HTTP API; of Thanos', Mimir's and others' that speak it, too. */
import { z } from "zod";
import { BacktestError, TooMuchAtOnce } from "../errors.ts";
import { send } from "./request.ts";
import type { Answer, ReaderOptions } from "./request.ts";

/** One series of an answer. */
export interface Series {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export interface PrometheusReader {
  /** Evaluates at each step from `from` to `to`, both included; seconds. Several series are refused. @throws BacktestError */
  readonly range: (query: string, from: number, to: number, step: number) => Promise<Series>;
  /** Evaluates once. @returns nothing when the query gives no series. @throws BacktestError */
  readonly instant: (query: string, at: number) => Promise<number | undefined>;
  /** What was asked so far. */
  readonly asked: () => { readonly requests: number; readonly points: number };
}

const point = z.tuple([z.number(), z.string()]);
const answerSchema = z.object({
  status: z.literal("success"),
  data: z.discriminatedUnion("resultType", [
    z.object({
      resultType: z.literal("matrix"),
      // Points are looked at one by one below: there are millions.
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.unknown()) })),
    }),
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: point })) }),
    z.object({ resultType: z.literal("scalar"), result: point }),
  ]),
});
const errorSchema = z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() });

/**
 * @param url the server's address, with its path prefix if it has one; without user and password.
 * @returns a reader that asks it, with bounded time, bounded answers and a few repetitions.
 */
export function createReader(url: string, options: ReaderOptions = {}): PrometheusReader {
  const base = url.replace(/\/+$/, "");
  const asked = { requests: 0, points: 0 };
  const ask = async (path: string, form: Record<string, string>) => {
    asked.requests += 1;
    return readAnswer(base, await send(`${base}${path}`, new URLSearchParams(form), options));
  };
  return {
    async range(query, from, to, step) {
      const form = { query, start: String(from), end: String(to), step: String(step) };
      const data = await ask("/api/v1/query_range", form);
      if (data.resultType !== "matrix") throw notPrometheus(base);
      if (data.result.length > 1) {
        const labels = data.result.slice(0, 2).map(({ metric }) => JSON.stringify(metric));
        throw new BacktestError(
          `${query}: gives ${data.result.length} series (${labels.join(" and ")} among them), want one; put sum() around it`,
        );
      }
      const series = readPoints(data.result[0]?.values ?? [], base);
      asked.points += series.times.length;
      return series;
    },
    async instant(query, at) {
      const data = await ask("/api/v1/query", { query, time: String(at) });
      if (data.resultType === "matrix") throw notPrometheus(base);
      const value = data.resultType === "scalar" ? data.result : data.result[0]?.value;
      return value === undefined ? undefined : Number(value[1]);
    },
    asked: () => ({ ...asked }),
  };
}

function readAnswer(base: string, { status, body }: Answer): z.output<typeof answerSchema>["data"] {
  if (status === 401 || status === 403) {
    throw new BacktestError(
      `${base} answered ${status}: it wants to know who asks. Give --bearer-token-file FILE or --header "Name: value"`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw notPrometheus(base, status, error);
  }
  const refusal = errorSchema.safeParse(json);
  if (refusal.success) {
    const { errorType, error } = refusal.data;
    const text = `${base} refused a query: ${errorType}: ${error}`;
    const tooMuch =
      errorType === "timeout" || /too many samples|exceeded maximum resolution|too many/.test(error);
    throw tooMuch ? new TooMuchAtOnce(text) : new BacktestError(text);
  }
  const answer = answerSchema.safeParse(json);
  if (answer.success) return answer.data.data;
  throw notPrometheus(base, status, answer.error);
}

function readPoints(values: readonly unknown[], base: string): Series {
  const times: number[] = [];
  const numbers: number[] = [];
  for (const value of values) {
    if (!Array.isArray(value) || typeof value[0] !== "number" || typeof value[1] !== "string")
      throw notPrometheus(base);
    times.push(value[0]);
    numbers.push(Number(value[1]));
  }
  return { times, values: numbers };
}

function notPrometheus(base: string, status = 200, cause?: unknown): BacktestError {
  return new BacktestError(
    `${base} is not a Prometheus: its answer (${status}) has another form. ` +
      "Give the address under which /api/v1/query answers, with the path prefix if there is one",
    { cause },
  );
}
