/** One request to an admin listener, with a deadline and refusals in words. */
import { z } from "zod";

/** A listener that takes orders: where it is, whose it is, and what it asks for. */
export interface AdminListener {
  /** Whose listener it is, for messages: `order`, `loadgen`. */
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** @default none is sent */
  readonly token?: string | undefined;
  /** Milliseconds that an answer may take. @default 3000 */
  readonly timeoutMs?: number | undefined;
}

/** Why an order was not carried out. */
export type SwitchProblem =
  /** Nothing listens, or no answer came in time. */
  | "unreachable"
  /** The listener wants a token, or another one. */
  | "unauthorized"
  /** The listener does not know the fault, or has too many. */
  | "refused"
  /** An answer of an unknown shape: something else listens there. */
  | "unexpected";

/** An order that was not carried out. `message` says whose listener, what went wrong, and what to do. */
export class SwitchError extends Error {
  override readonly name = "SwitchError";
  readonly code = "SWITCH_FAILED";
  readonly problem: SwitchProblem;
  /** The listener's name. */
  readonly listener: string;

  constructor(listener: string, problem: SwitchProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.listener = listener;
    this.problem = problem;
  }
}

const DEFAULT_TIMEOUT_MS = 3000;

const problemSchema = z.object({ detail: z.string() });

/**
 * Sends one request.
 *
 * @param path from the listener's root: `/faults`.
 * @param schema of a successful answer's JSON; nothing for an answer without a body.
 * @returns the parsed answer; undefined when the answer is 404 and `schema` is not given: what was to be ended has ended.
 * @throws SwitchError
 */
export async function adminRequest<S extends z.ZodType = z.ZodUndefined>(
  listener: AdminListener,
  method: "GET" | "POST" | "DELETE",
  path: string,
  { body, schema }: { readonly body?: unknown; readonly schema?: S } = {},
): Promise<z.output<S>> {
  const response = await send(listener, method, path, body);
  const gone = schema === undefined && response.status === 404;
  if (!response.ok && !gone) throw await refusal(listener, response);
  const text = await response.text();
  if (schema === undefined) return undefined as z.output<S>;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw unexpected(listener, response.status, parsed.error);
}

async function send(listener: AdminListener, method: string, path: string, body: unknown): Promise<Response> {
  const { url, token, timeoutMs = DEFAULT_TIMEOUT_MS, name } = listener;
  try {
    return await fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    const late = cause instanceof Error && cause.name === "TimeoutError";
    const what = late ? `did not answer within ${timeoutMs} ms` : "cannot be reached";
    const message = `the fault switches of ${name} at ${url}: it ${what}; is the stack running (npm run demo)?`;
    throw new SwitchError(name, "unreachable", message, { cause });
  }
}

async function refusal(listener: AdminListener, response: Response): Promise<SwitchError> {
  const { name, url, token } = listener;
  const parsed = problemSchema.safeParse(parseJson(await response.text()));
  const place = `the fault switches of ${name} at ${url}`;
  if (response.status === 401 || response.status === 403) {
    const remedy =
      token === undefined ? "set ADMIN_TOKEN to its secret" : "ADMIN_TOKEN is not the secret that it has";
    const why = parsed.success ? parsed.data.detail : `answered ${response.status}`;
    return new SwitchError(name, "unauthorized", `${place}: ${why}; ${remedy}`);
  }
  if (!parsed.success) return unexpected(listener, response.status, parsed.error);
  return new SwitchError(name, "refused", `${place}: ${parsed.data.detail}`);
}

function unexpected({ name, url }: AdminListener, status: number, cause: unknown): SwitchError {
  const message = `the fault switches of ${name} at ${url}: got an answer (${status}) that is not theirs; does something else listen there?`;
  return new SwitchError(name, "unexpected", message, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
