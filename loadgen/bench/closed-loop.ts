import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { cpuMicroseconds } from "./proc.ts";
import type { Dispatcher } from "undici";
import type { BenchCase } from "./contenders.ts";

export interface LoadOptions {
  /** The server's base address. */
  readonly url: string;
  /** Requests that are always under way, one a connection. */
  readonly connections: number;
  /** How long to let the server's compiler warm up, in seconds. */
  readonly warmupSeconds: number;
  /** How long to measure, in seconds. */
  readonly seconds: number;
  /** The server's process, whose CPU time is read. */
  readonly pid: number;
}

export interface Measured {
  readonly requestsPerSecond: number;
  readonly cpuMicrosecondsPerRequest: number;
}

/**
 * Keeps a fixed number of requests under way against a server and measures the server. A closed loop is right here,
 * where the question is what a request costs, and wrong for load that is to look like people.
 *
 * @throws when an answer has another status than the case wants, or none comes.
 */
export async function measure(load: BenchCase, options: LoadOptions): Promise<Measured> {
  const { url, connections, warmupSeconds, seconds, pid } = options;
  const pool = new Pool(url, { connections });
  const request = {
    method: load.method,
    path: load.path,
    ...(load.body === undefined
      ? {}
      : { body: JSON.stringify(load.body), headers: { "content-type": "application/json" } }),
  };
  const over = new AbortController();
  let answered = 0;

  async function connection(): Promise<void> {
    while (!over.signal.aborted) {
      await ask(pool, request, load.wantStatus);
      answered += 1;
    }
  }

  const all = Promise.all(Array.from({ length: connections }, connection));
  // A failure is awaited at the end; until then it must not count as unhandled.
  all.catch(() => {});
  await Promise.race([all, delay(warmupSeconds * 1000)]);
  const before = { answered, cpu: cpuMicroseconds(pid), at: performance.now() };
  await Promise.race([all, delay(seconds * 1000)]);
  const after = { answered, cpu: cpuMicroseconds(pid), at: performance.now() };
  over.abort();
  await all;
  await pool.close();

  const requests = after.answered - before.answered;
  return {
    requestsPerSecond: (requests / (after.at - before.at)) * 1000,
    cpuMicrosecondsPerRequest: (after.cpu - before.cpu) / requests,
  };
}

/** By `dispatch`, which makes no stream of the answer: a client that costs less than the server lets it be measured. */
function ask(pool: Pool, request: Dispatcher.DispatchOptions, wantStatus: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let status = 0;
  let body = "";
  pool.dispatch(request, {
    onRequestStart: () => {},
    onResponseStart: (_, statusCode) => {
      status = statusCode;
    },
    onResponseData: (_, chunk) => {
      if (status !== wantStatus) body += chunk.toString();
    },
    onResponseEnd: () => {
      if (status === wantStatus) resolve();
      else reject(wrongStatus(request, status, wantStatus, body));
    },
    onResponseError: (_, error) => reject(error),
  });
  return promise;
}

function wrongStatus(
  { method, path }: Dispatcher.DispatchOptions,
  got: number,
  want: number,
  body: string,
): Error {
  return new Error(`${method} ${path}: got status ${got}, want ${want}: ${body}`);
}
