// Not from "undici": its entry also loads fetch, WebSocket, caches and proxies: 13 MB that nothing here needs.
// The entry is also what gives a pool its `request`, so that comes from where the entry takes it.
import request from "undici/lib/api/api-request.js";
import Pool from "undici/lib/dispatcher/pool.js";
import { NeighbourFailed } from "./downstream.ts";
import { traceHeaders } from "./trace.ts";
import type { Trace } from "./trace.ts";

export interface ClientRequest {
  readonly method: "GET" | "POST";
  /** Path and query, already encoded. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly trace: Trace;
  /** Aborts the call. */
  readonly signal: AbortSignal;
}

export interface ClientAnswer {
  readonly status: number;
  /** Parsed JSON; not checked yet. */
  readonly body: unknown;
}

export interface ClientOptions {
  /** `http://host:port`. */
  url: string;
  /** Connections at most. @default 100 */
  connections?: number;
}

export type Client = (request: ClientRequest) => Promise<ClientAnswer>;

/** Milliseconds for a TCP connection. */
const CONNECT_TIMEOUT = 1000;
/** The breaker's timeout comes first; this one is for a breaker that was set higher than any sane wait. */
const ANSWER_TIMEOUT = 60_000;
/** Bytes. A neighbour that answers more than this is broken. */
const MAX_ANSWER = 1024 * 1024;

/**
 * A JSON client for one neighbour, on connections that are kept open. Passes request id and trace context on.
 *
 * The returned function throws NeighbourFailed for a 5xx or an answer that is not JSON, and undici's error when there
 * is no connection.
 */
export function createClient({ url, connections = 100 }: ClientOptions): Client {
  const pool = new Pool(url, {
    connections,
    connect: { timeout: CONNECT_TIMEOUT },
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    maxResponseSize: MAX_ANSWER,
  });
  return async function send({ method, path, body, trace, signal }) {
    const headers = traceHeaders(trace);
    const content =
      body === undefined
        ? { headers }
        : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await request.call(pool, { method, path, signal, ...content });
    const status = answer.statusCode;
    if (status >= 500) {
      await answer.body.dump();
      throw new NeighbourFailed(`${method} ${path} answered ${status}`);
    }
    const text = await answer.body.text();
    try {
      return { status, body: JSON.parse(text) as unknown };
    } catch (error) {
      throw new NeighbourFailed(`${method} ${path} answered ${status} without JSON`, { cause: error });
    }
  };
}
