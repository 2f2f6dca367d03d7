import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { cpuMicroseconds } from "./proc.ts";

export interface LoadCase {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  /** Anything else is a failed benchmark, not a slow one. */
  readonly wantStatus: readonly number[];
}

export interface LoadOptions {
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
export async function measure(load: LoadCase, options: LoadOptions): Promise<Measured> {
  const { connections, warmupSeconds, seconds, pid } = options;
  const pool = new Pool(load.url, { connections });
  const over = new AbortController();
  let answered = 0;

  async function connection(): Promise<void> {
    while (!over.signal.aborted) {
      await ask(pool, load);
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

async function ask(pool: Pool, { url, method, path, body, wantStatus }: LoadCase): Promise<void> {
  const answer = await pool.request({
    method,
    path,
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
  });
  const text = await answer.body.text();
  if (wantStatus.includes(answer.statusCode)) return;
  throw new Error(
    `${method} ${url}${path}: got status ${answer.statusCode}, want ${wantStatus.join(" or ")}: ${text}`,
  );
}
