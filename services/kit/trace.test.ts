import { describe, expect, it } from "vitest";
import { readTrace, traceHeaders } from "./trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = `00-${TRACE}-00f067aa0ba902b7-00`;

describe("readTrace", () => {
  it("takes over what the caller sends", () => {
    expect(readTrace("req-1", PARENT)).toEqual({ requestId: "req-1", traceId: TRACE, flags: "00" });
  });

  it("creates what is absent", () => {
    const trace = readTrace(undefined, null);
    expect(trace.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(trace.traceId).toMatch(/^[\da-f]{32}$/);
    expect(trace.flags).toBe("01");
    expect(readTrace(undefined, undefined).traceId).not.toBe(trace.traceId);
  });

  it("replaces a request id that does not belong in a header or a log", () => {
    for (const bad of ["", "a b", "x".repeat(129), "a\tb", 'a"b', "ä"]) {
      expect(readTrace(bad, PARENT).requestId).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it("replaces a trace context that W3C calls invalid", () => {
    const bad = [
      `ff-${TRACE}-00f067aa0ba902b7-01`,
      `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
      `00-${TRACE}-${"0".repeat(16)}-01`,
      `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
      `00-${TRACE}-00f067aa0ba902b7`,
      `00-${TRACE}-00f067aa0ba902b7-01-more`,
      "nonsense",
    ];
    for (const header of bad) expect(readTrace("req-1", header).traceId).not.toBe(TRACE);
  });

  it("reads a later version that says more", () => {
    expect(readTrace("req-1", `01-${TRACE}-00f067aa0ba902b7-01-more`).traceId).toBe(TRACE);
  });
});

describe("traceHeaders", () => {
  it("passes the ids on, with a new span id for each call", () => {
    const trace = readTrace("req-1", PARENT);
    const [first, second] = [traceHeaders(trace), traceHeaders(trace)];
    expect(first["x-request-id"]).toBe("req-1");
    expect(first.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[\\da-f]{16}-00$`));
    expect(second.traceparent).not.toBe(first.traceparent);
  });

  it("does not run out of random bytes", () => {
    const trace = readTrace("req-1", PARENT);
    const spans = Array.from({ length: 2000 }, () => traceHeaders(trace).traceparent);
    expect(new Set(spans).size).toBe(2000);
  });
});
