/** What the tests of the dashboards share. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryDirectory, testConsole } from "../testing.ts";

/** A series as a data source answers it. */
export interface Answer {
  readonly metric: Readonly<Record<string, string>>;
  /** Its value at every step; null where it has none. */
  readonly values: readonly (number | null)[];
}

/** What was asked, by the paths of Prometheus' and Loki's APIs. */
export interface Asked {
  readonly path: string;
  readonly form: URLSearchParams;
}

/** A fetch that answers each query with its series, and label values with `labels`; everything else with none. */
export function fakeSources(
  series: Readonly<Record<string, readonly Answer[]>>,
  {
    labels = {},
    lines = [],
  }: { labels?: Readonly<Record<string, readonly string[]>>; lines?: readonly unknown[] } = {},
) {
  const asked: Asked[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const form = init?.method === "POST" ? new URLSearchParams(init.body as string) : url.searchParams;
    asked.push({ path: url.pathname, form });
    return Response.json({ status: "success", data: dataFor(url.pathname, form) });
  };
  return { fetch, asked };

  function dataFor(pathname: string, form: URLSearchParams): unknown {
    const label = /label\/(.+)\/values$/.exec(pathname)?.[1];
    if (label !== undefined) return labels[label] ?? [];
    const found = series[form.get("query") ?? ""] ?? [];
    if (pathname.startsWith("/loki") && lines.length > 0) return { resultType: "streams", result: lines };
    if (pathname.endsWith("/query"))
      return {
        resultType: "vector",
        result: found.map(({ metric, values }) => ({ metric, value: [0, String(values.at(-1))] })),
      };
    const [start, end, step] = ["start", "end", "step"].map((name) => Number(form.get(name)));
    return {
      resultType: "matrix",
      result: found.map(({ metric, values }) => ({
        metric,
        values: pointsOf(values, start ?? 0, end ?? 0, step ?? 1),
      })),
    };
  }
}

/** The values at the end of the range, so that the last one is the newest. */
function pointsOf(
  values: readonly (number | null)[],
  start: number,
  end: number,
  step: number,
): [number, string][] {
  const first = end - (values.length - 1) * step;
  return values
    .map((value, at): [number, string] => [first + at * step, String(value)])
    .filter(([time], at) => values[at] !== null && time >= start);
}

/** A dashboard with these panels, as a file has it. */
export function dashboardJson(panels: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) {
  return { uid: "test", title: "Test", time: { from: "now-1h", to: "now" }, panels, ...more };
}

/** A console that shows dashboard files: objects as JSON, text as it is. */
export function boardConsole(
  files: Readonly<Record<string, unknown>>,
  dataSources: { fetch: typeof globalThis.fetch; loki?: string },
) {
  const dashboardFiles = temporaryDirectory();
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      path.join(dashboardFiles, name),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  return testConsole({ dashboardFiles, dataSources });
}

/** Text as a reader without style sheets sees it, with white space collapsed. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
