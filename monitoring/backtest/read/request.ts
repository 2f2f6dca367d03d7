import { setTimeout as wait } from "node:timers/promises";
import { BacktestError, TooMuchAtOnce } from "../errors.ts";

export interface ReaderOptions {
  /** Sent with each request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long one answer may take, in milliseconds. @default 2 minutes, as Prometheus has it */
  readonly timeoutMs?: number;
  /** How often a request that failed on the way is sent again. @default 2 */
  readonly retries?: number;
  /** The pause before the first repetition, in milliseconds; it doubles. @default 250 */
  readonly pauseMs?: number;
}

/** A response that was read, whatever it says. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The longest answer, in bytes: 11,000 points are 400 kB. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/**
 * Posts a form, with bounded time and length, and again a few times when it fails on the way.
 *
 * @throws BacktestError that says why there is no answer; TooMuchAtOnce when it is too long.
 */
export async function send(url: string, form: URLSearchParams, options: ReaderOptions): Promise<Answer> {
  const { headers = {}, timeoutMs = 120_000, retries = 2, pauseMs = 250 } = options;
  for (let attempt = 0; ; attempt++) {
    let reason: string;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method: "POST", body: form, headers, signal, redirect: "error" });
      const body = await readBounded(response);
      if (![429, 500, 502, 503, 504].includes(response.status) || body.includes('"errorType"'))
        return { status: response.status, body };
      reason = `answered ${response.status}`;
    } catch (error) {
      if (error instanceof BacktestError) throw error;
      reason = reasonOf(error, timeoutMs);
    }
    if (attempt === retries) {
      const tries = `${retries + 1} ${retries === 0 ? "try" : "tries"}`;
      throw new BacktestError(`${url} ${reason}; gave up after ${tries}. Look whether Prometheus runs there`);
    }
    await wait(pauseMs * 2 ** attempt);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LONGEST_ANSWER)
      throw new TooMuchAtOnce(`${response.url} answered more than ${LONGEST_ANSWER / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `did not answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ECONNREFUSED") return "refuses connections: nothing listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "has a host name that is not known";
  return `cannot be reached: ${cause instanceof Error ? cause.message : error.message}`;
}
