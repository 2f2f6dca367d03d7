/** One HTTP request whose time and answer are bounded, and whose failures are words for people. */

export interface BoundedAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: string;
}

export interface FetchLimits {
  /** Milliseconds for the whole answer. */
  readonly timeout: number;
  /** Bytes. */
  readonly answer: number;
  /** How to ask. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** There is no answer, or too much of one. */
class FetchFailed extends Error {
  override readonly name = "FetchFailed";
  readonly code = "FETCH_FAILED";
}

/**
 * @param url address of a neighbour; redirects are not followed.
 * @throws FetchFailed whose message begins with the server's address.
 */
export async function fetchBounded(
  url: string,
  request: RequestInit,
  { timeout, answer, fetch = globalThis.fetch, signal }: FetchLimits,
): Promise<BoundedAnswer> {
  const deadline = AbortSignal.timeout(timeout);
  const ends = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    const response = await fetch(url, { ...request, signal: ends, redirect: "error" });
    return { ok: response.ok, status: response.status, body: await readBounded(response, url, answer) };
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    throw new FetchFailed(`${new URL(url).origin} ${causeOf(error, timeout)}`, { cause: error });
  }
}

/** What went wrong, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function readBounded(response: Response, url: string, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw new FetchFailed(`${url} answered more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function causeOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `did not answer within ${timeout / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ECONNREFUSED") return "refuses connections: nothing listens there";
  if (code === "ENOTFOUND") return "has a host name that is not known";
  return `cannot be reached: ${cause instanceof Error ? cause.message : error.message}`;
}
