import type { Turns } from "../../../../services/kit/turns.ts";
import { fetchBounded, reasonOf } from "../../fetch-bounded.ts";
import { askLimits } from "../limits.ts";

/** A data source could not be asked, or refused. The message is for people. */
export class DataSourceError extends Error {
  override readonly name = "DataSourceError";
  readonly code = "DATA_SOURCE";
}

/** The stack is whole without this data source: nothing is broken, and there is nothing to show. */
export class AbsentSourceError extends DataSourceError {}

/**
 * Sends a form to a path of one data source and gives the JSON of its answer.
 *
 * @param method POST takes queries of any length; not every path knows it. @default GET
 * @throws DataSourceError
 */
export type Ask = (
  path: string,
  form: Readonly<Record<string, string>>,
  method?: "GET" | "POST",
) => Promise<unknown>;

export interface AskOptions {
  /** What it is called in messages: `Prometheus`. */
  readonly name: string;
  readonly url: string;
  /** Shared by all data sources, so that all pages together ask a bounded number of questions at once. */
  readonly turns: Turns;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds. @default the clock */
  readonly now?: () => number;
}

/**
 * Asks one data source. Whoever asks the same within `askLimits.freshFor` shares one answer, so that ten open browsers
 * ask no more than one.
 */
export function createAsk(options: AskOptions): Ask {
  const { name, url, turns, fetch, now = Date.now } = options;
  const kept = new Map<string, { readonly answer: Promise<unknown>; readonly at: number; bytes: number }>();

  return (path, form, method = "GET") => {
    const query = new URLSearchParams(form).toString();
    const key = `${path}?${query}`;
    const known = kept.get(key);
    if (known !== undefined && now() - known.at < askLimits.freshFor) return known.answer;
    const entry = {
      answer: turns(() => send(method, path, query, (bytes) => (entry.bytes = bytes))),
      at: now(),
      bytes: 0,
    };
    kept.delete(key);
    kept.set(key, entry);
    // A failure is not kept: the next one who asks may have more luck.
    entry.answer.catch(() => kept.delete(key));
    forget();
    return entry.answer;
  };

  async function send(
    method: "GET" | "POST",
    path: string,
    query: string,
    weigh: (bytes: number) => void,
  ): Promise<unknown> {
    const { timeout, answer } = askLimits;
    const [address, request] =
      method === "POST"
        ? [
            `${url}${path}`,
            { method, body: query, headers: { "content-type": "application/x-www-form-urlencoded" } },
          ]
        : [`${url}${path}?${query}`, {}];
    const response = await fetchBounded(address, request, {
      timeout,
      answer,
      ...(fetch === undefined ? {} : { fetch }),
    }).catch((error: unknown) => {
      throw new DataSourceError(`${name} at ${reasonOf(error)}`, { cause: error });
    });
    weigh(response.body.length);
    if (!response.ok)
      throw new DataSourceError(
        `${name} refused: ${refusalOf(response.body) || `status ${response.status}`}`,
      );
    try {
      return JSON.parse(response.body) as unknown;
    } catch (error) {
      throw new DataSourceError(`${name} at ${url} answered something that is not JSON`, { cause: error });
    }
  }

  /** Oldest first, until what is kept is fresh and small. */
  function forget(): void {
    let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [key, entry] of kept) {
      const stale = now() - entry.at >= askLimits.freshFor;
      if (!stale && kept.size <= askLimits.keptAnswers && bytes <= askLimits.keptBytes) break;
      bytes -= entry.bytes;
      kept.delete(key);
    }
  }
}

/** The reason in a refusal: Prometheus' JSON, or Loki's plain text. */
function refusalOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === "string" ? error.slice(0, 400) : "";
  } catch {
    return body.trim().slice(0, 400);
  }
}
