// As in services/kit/client.ts: the entry of undici would load much that is not needed here.
import Pool from "undici/lib/dispatcher/pool.js";
import { services } from "../services/topology.ts";
import type { Start } from "./schedule.ts";
import type { ServiceName } from "../services/topology.ts";

/** Why there was no answer; a closed list, since it is a label. */
export const errorTypes = [
  "connection_refused",
  "connection_reset",
  "timeout",
  "dns",
  "protocol",
  /** Not the target's doing: this program stopped before the answer came. */
  "given_up",
  "other",
] as const;
export type ErrorType = (typeof errorTypes)[number];

/** How a request ended. Any status is an answer. */
export type Outcome =
  | { readonly kind: "answer"; readonly status: number }
  | { readonly kind: "error"; readonly type: ErrorType };

/** Sends one request and waits for the end of its answer. Never rejects. */
export type Send = (start: Start) => Promise<Outcome>;

export interface SenderOptions {
  /** The base URL of each service. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** How long to wait for a connection, for the answer's head, and between two pieces of its body. Milliseconds. */
  readonly timeoutMs: number;
  /** The most connections to one service; as many as may be in flight, so that nothing queues inside the client. */
  readonly connections: number;
}

/** Error codes of Node and undici, by what they mean to whoever reads a graph. */
const TYPE_OF_CODE: Readonly<Record<string, ErrorType>> = {
  ECONNREFUSED: "connection_refused",
  EHOSTUNREACH: "connection_refused",
  ENETUNREACH: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  UND_ERR_HEADERS_OVERFLOW: "protocol",
  UND_ERR_DESTROYED: "given_up",
};

const JSON_HEADERS = { "content-type": "application/json" };

export interface Sender {
  readonly send: Send;
  /** Waits for the requests in flight, then closes the connections. */
  close(): Promise<void>;
  /** Closes the connections; requests in flight are given up. */
  destroy(): Promise<void>;
}

/** Opens a pool of keep-alive connections to each service. */
export function createSender({ urls, timeoutMs, connections }: SenderOptions): Sender {
  const pools = new Map<ServiceName, Pool>();
  for (const { name } of services) {
    const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
    pools.set(name, new Pool(urls[name], { connections, ...timeouts }));
  }

  function send({ scenario, request }: Start): Promise<Outcome> {
    const pool = pools.get(scenario.service);
    if (pool === undefined) throw new Error(`no such service in the topology: ${scenario.service}`);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const { path, body } = request;
    const content = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_HEADERS };
    let status = 0;
    // `dispatch`, because `request` builds a stream that nobody reads, and its `dump` calls a torn body complete.
    pool.dispatch(
      { method: scenario.method, path, ...content },
      {
        onRequestStart: () => {},
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: () => {},
        onResponseEnd: () => resolve({ kind: "answer", status }),
        onResponseError: (_, error) => resolve({ kind: "error", type: errorType(error) }),
      },
    );
    return promise;
  }

  return {
    send,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
    async destroy() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/** Sorts an error of the client into the closed list. */
export function errorType(error: unknown): ErrorType {
  if (!(error instanceof Error)) return "other";
  // Its code is HPE_… or nothing at all; its name is always this.
  if (error.name === "HTTPParserError") return "protocol";
  return ("code" in error ? TYPE_OF_CODE[String(error.code)] : undefined) ?? "other";
}
