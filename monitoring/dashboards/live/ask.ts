import { z } from "zod";
import type { Asked } from "./times.ts";

const answerSchema = z.union([
  z.object({
    status: z.literal("success"),
    data: z.object({ result: z.array(z.unknown()) }),
  }),
  z.object({ status: z.literal("error"), error: z.string() }),
]);
const valuesSchema = z.object({ status: z.literal("success"), data: z.array(z.string()) });

/** How many series an answer has, or why there is none. */
export type Answer = { readonly series: number } | { readonly error: string };

/** Asks Prometheus, as Grafana would for a panel. */
export async function askPrometheus(
  url: string,
  query: string,
  instant: boolean,
  asked: Asked,
): Promise<Answer> {
  return instant
    ? ask(`${url}/api/v1/query`, { query, time: String(asked.to) })
    : ask(`${url}/api/v1/query_range`, range(query, asked));
}

/** Asks Loki for lines, or for counts of lines. */
export async function askLoki(url: string, query: string, asked: Asked): Promise<Answer> {
  return ask(`${url}/loki/api/v1/query_range`, { ...range(query, asked), limit: "10" });
}

/** The values of a label of the series that a selector matches. */
export async function labelValues(url: string, selector: string, label: string): Promise<readonly string[]> {
  const parameters = new URLSearchParams({ "match[]": selector }).toString();
  const response = await fetch(`${url}/api/v1/label/${label}/values?${parameters}`);
  return valuesSchema.parse(await response.json()).data;
}

function range(query: string, { from, to, step }: Asked): Record<string, string> {
  return { query, start: String(from), end: String(to), step: String(step) };
}

async function ask(url: string, parameters: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(parameters) });
  const text = await response.text();
  const parsed = answerSchema.safeParse(json(text));
  if (!parsed.success) return { error: `${response.status}: ${text.slice(0, 200)}` };
  return parsed.data.status === "error"
    ? { error: parsed.data.error }
    : { series: parsed.data.data.result.length };
}

/** Loki explains a query that it does not understand in plain text. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
