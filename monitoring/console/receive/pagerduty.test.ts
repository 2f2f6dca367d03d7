import { describe, expect, it } from "vitest";
import { captured, trigger } from "../testing.ts";
import { pagerDuty } from "./pagerduty.ts";

const receive = (body: unknown) =>
  pagerDuty.receive(typeof body === "string" ? body : JSON.stringify(body), {
    path: "/v2/enqueue",
    contentType: "",
  });
const errorsOf = (body: unknown): unknown =>
  (JSON.parse(receive(body).answer.body) as { errors: unknown }).errors;

describe("what Alertmanager sends", () => {
  it("is taken, with the facts out of its details", () => {
    const { read, answer } = receive(captured("pagerduty-trigger.json"));
    expect(answer).toEqual({
      status: 202,
      type: "application/json",
      body: `{"status":"success","message":"Event processed","dedup_key":"${read?.dedup_key}"}`,
    });
    expect(read).toMatchObject({
      channel: "pagerduty",
      state: "firing",
      summary: "order-availability burns its error budget more than 14.4 times too fast",
      alertname: "ErrorBudgetBurnRateCritical",
      service: "order",
      slo: "order-availability",
      tier: "page-fast",
      severity: "critical",
    });
    expect(read?.links.map(({ text }) => text)).toEqual(["Runbook", "Dashboard", "Logs", "Alertmanager"]);
  });

  it("is one thread from trigger to resolve", () => {
    const opened = receive(captured("pagerduty-trigger.json")).read;
    const closed = receive(captured("pagerduty-resolve.json")).read;
    expect(closed?.state).toBe("resolved");
    expect(closed?.thread).toBe(opened?.thread);
    expect(closed?.digest).not.toBe(opened?.digest);
  });
});

describe("an event", () => {
  it("without a key gets one of its own, and is told it", () => {
    const first = receive(trigger({ dedup_key: undefined })).read;
    const second = receive(trigger({ dedup_key: "" })).read;
    expect(first?.dedup_key).toMatch(/^[\da-f]{32}$/);
    expect(second?.thread).not.toBe(first?.thread);
  });

  it("may acknowledge or resolve without a payload, and then leaves the summary to its thread", () => {
    const { read } = receive(trigger({ event_action: "acknowledge", payload: undefined }));
    expect(read).toMatchObject({ state: "acknowledged", summary: null, dedup_key: "order/availability" });
  });

  it("may carry fields that nobody knows; they stay in the raw payload", () => {
    expect(receive(trigger({ extra: { deep: [1] } })).read?.raw).toContain('"extra":{"deep":[1]}');
  });

  it("is kept without its routing key, which is a credential", () => {
    const { read } = receive(trigger());
    expect(read?.raw).toContain('"routing_key":"****************************cdef"');
    expect(read?.raw).not.toContain("0123456789abcdef");
  });

  it("is taken with the stand-in key of a stack without accounts", () => {
    expect(receive(trigger({ routing_key: "local-pagerduty_routing_key" })).answer.status).toBe(202);
  });

  it("falls back to the payload's severity", () => {
    expect(receive(trigger()).read?.severity).toBe("critical");
  });
});

describe("a refusal", () => {
  it("has PagerDuty's shape", () => {
    const { refused, answer } = receive({});
    expect(refused).toBe("'routing_key' is missing or blank; 'event_action' is missing or blank");
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      status: "invalid event",
      message: "Event object is invalid",
      errors: ["'routing_key' is missing or blank", "'event_action' is missing or blank"],
    });
  });

  it("calls what is no JSON object unrecognized", () => {
    for (const body of ["{", "", "[]", "null", '"text"']) {
      const { refused, answer } = receive(body);
      expect(refused).toBe("the body is not a JSON object");
      expect(answer.body).toBe(
        '{"status":"Unrecognized object","message":"Event object format is unrecognized","errors":["JSON parse error"]}',
      );
    }
  });

  it("names each field of the payload that does not fit", () => {
    const payload = { summary: "x".repeat(1025), source: " ", severity: "page", class: 1 };
    expect(errorsOf(trigger({ payload }))).toEqual([
      "'payload.summary' is too long (maximum is 1024 characters)",
      "'payload.source' is missing or blank",
      "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
      "'payload.class' must be a string",
    ]);
  });

  it("asks a trigger for a payload", () => {
    expect(errorsOf(trigger({ payload: undefined }))).toEqual([
      "'payload.summary' is missing or blank",
      "'payload.source' is missing or blank",
      "'payload.severity' is missing or blank",
    ]);
    expect(errorsOf(trigger({ payload: "text" }))).toEqual(["'payload' must be an object"]);
  });

  it("asks an acknowledge and a resolve for the key of what they are about", () => {
    expect(errorsOf(trigger({ event_action: "resolve", dedup_key: undefined }))).toEqual([
      "'dedup_key' is missing or blank",
    ]);
  });

  it("knows the lengths of keys", () => {
    expect(errorsOf(trigger({ routing_key: "short" }))).toEqual([
      "Length of 'routing_key' is incorrect (should be 32 characters)",
    ]);
    expect(errorsOf(trigger({ dedup_key: "k".repeat(256) }))).toEqual([
      "'dedup_key' is too long (maximum is 255 characters)",
    ]);
  });

  it("knows the actions", () => {
    expect(errorsOf(trigger({ event_action: "snooze" }))).toEqual([
      "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    ]);
  });

  it("looks into links and images", () => {
    expect(errorsOf(trigger({ links: [{ text: "no address" }], images: "none" }))).toEqual([
      "'links.href' is missing or blank",
      "'images' must be an array",
    ]);
  });
});
