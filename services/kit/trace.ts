import { randomFillSync, randomUUID } from "node:crypto";

/** Who a request is, for logs and for the calls that it causes. */
export interface Trace {
  /** `x-request-id`: the caller's, or a new one. */
  readonly requestId: string;
  /** 32 hex digits of W3C trace context: the caller's, or new ones. */
  readonly traceId: string;
  /** The two hex digits of trace flags, passed on as they came. */
  readonly flags: string;
}

/** What a caller may send as a request id: short, and safe in a header and a log line. */
const SANE_REQUEST_ID = /^[\w.:+/=-]{1,128}$/;

/** W3C Trace Context, section 3.2.2: version, trace id, parent id, flags; a later version may say more. */
const TRACEPARENT =
  /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?<more>-.*)?$/;

/**
 * Takes over the caller's request id and trace context where they are well-formed, and makes new ones
 * where not: a broken header must not break the request.
 */
export function readTrace(
  requestId: string | null | undefined,
  traceparent: string | null | undefined,
): Trace {
  const found = traceparent ? TRACEPARENT.exec(traceparent) : null;
  const [, version, traceId, flags = "01"] = found ?? [];
  // Version 00 is complete after the flags.
  const usable = traceId !== undefined && (version !== "00" || found?.groups?.["more"] === undefined);
  return {
    requestId: requestId && SANE_REQUEST_ID.test(requestId) ? requestId : randomUUID(),
    traceId: usable ? traceId : randomHex(16),
    flags: usable ? flags : "01",
  };
}

/** The headers that carry a trace to a neighbour, with a new span id for this one call. */
export function traceHeaders(trace: Trace): { "x-request-id": string; traceparent: string } {
  return {
    "x-request-id": trace.requestId,
    traceparent: `00-${trace.traceId}-${randomHex(8)}-${trace.flags}`,
  };
}

/** Random bytes are fetched in blocks: a call into the system's generator for each id costs more than the rest. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomHex(size: number): string {
  if (used + size > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += size;
  return pool.toString("hex", used - size, used);
}
