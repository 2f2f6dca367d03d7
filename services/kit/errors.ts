import { STATUS_CODES } from "node:http";

/** One field of a request that was refused. `path` is as in JavaScript: `items[0].sku`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

export interface HttpProblemOptions {
  /** The fields that are to blame. @default none */
  fields?: readonly FieldProblem[];
  /** Headers of the answer, such as `allow`. @default none */
  headers?: Readonly<Record<string, string>>;
  /** Further members of the answer's body (RFC 9457, section 3.2). @default none */
  extensions?: Readonly<Record<string, unknown>>;
  /** The error that led here; logged, never answered. @default none */
  cause?: unknown;
}

/**
 * An answer that is not a success, thrown by whoever finds out. `code` is stable, for programs; the message
 * is the answer's `detail`, for people, so it must hold nothing that the caller may not know.
 */
export class HttpProblem extends Error {
  override readonly name: string = "HttpProblem";
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, options: HttpProblemOptions = {}) {
    const { fields = [], headers = {}, extensions = {}, cause } = options;
    super(detail, { cause });
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
    this.extensions = extensions;
  }
}

/** What a handler gives; the router makes the HTTP answer of it. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  /** Headers besides `content-type` and `x-request-id`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const HIDDEN = new HttpProblem(
  500,
  "internal",
  "The request failed inside the service; its log has the reason under this request id.",
);

/**
 * The one place that turns an error into an answer: `application/problem+json` (RFC 9457). Whatever is not an
 * `HttpProblem` becomes a 500 that does not show its message.
 */
export function problemAnswer(error: unknown, requestId: string): Answer {
  const problem = error instanceof HttpProblem ? error : HIDDEN;
  return {
    status: problem.status,
    headers: { ...problem.headers, "content-type": "application/problem+json" },
    body: {
      type: `urn:problem:${problem.code}`,
      title: STATUS_CODES[problem.status] ?? "Error",
      status: problem.status,
      detail: problem.message,
      ...(problem.fields.length > 0 ? { errors: problem.fields } : {}),
      ...problem.extensions,
      request_id: requestId,
    },
  };
}
