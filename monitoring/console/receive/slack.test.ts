import { describe, expect, it } from "vitest";
import { captured } from "../testing.ts";
import { slack, unescapeSlack } from "./slack.ts";

const hook = { path: "/services/T0/B0/local", contentType: "application/json" };
const receive = (body: unknown, contentType = hook.contentType) =>
  slack.receive(typeof body === "string" ? body : JSON.stringify(body), { ...hook, contentType });

describe("what Alertmanager sends", () => {
  it("is taken, with the facts out of its fields", () => {
    const { read, answer } = receive(captured("slack-firing.json"));
    expect(answer).toEqual({ status: 200, type: "text/plain", body: "ok" });
    expect(read).toMatchObject({
      channel: "slack",
      state: "firing",
      summary: "order-availability burns its error budget more than 14.4 times too fast",
      alertname: "ErrorBudgetBurnRateCritical",
      service: "order",
      slo: "order-availability",
      tier: "page-fast",
      severity: "critical",
      dedup_key: null,
    });
    expect(read?.links.map(({ text }) => text)).toEqual(["Runbook", "Dashboard", "Logs", "Open"]);
  });

  it("is one thread from firing to resolved", () => {
    const resolved = receive(captured("slack-resolved.json")).read;
    expect(resolved?.state).toBe("resolved");
    expect(resolved?.thread).toBe(receive(captured("slack-firing.json")).read?.thread);
  });

  it("is another thread in another channel", () => {
    const other = captured("slack-firing.json").replace("#sre-critical-alerts", "#sre-slo-alerts");
    expect(receive(other).read?.thread).not.toBe(receive(captured("slack-firing.json")).read?.thread);
  });
});

describe("a message", () => {
  it("may be text alone", () => {
    const { read } = receive({ text: "*Deploy* of <https://ci.example/42|v42> by <@U1|kim> &amp; co\nmore" });
    expect(read).toMatchObject({ state: "message", summary: "Deploy of v42 by @kim & co", service: null });
  });

  it("may come in a form's field, as Slack allows", () => {
    const form = new URLSearchParams({ payload: '{"text":"hi"}' }).toString();
    expect(receive(form, "application/x-www-form-urlencoded").read).toMatchObject({
      summary: "hi",
      raw: '{"text":"hi"}',
    });
  });

  it("may come as JSON that curl calls a form", () => {
    expect(receive({ text: "hi" }, "application/x-www-form-urlencoded").read?.summary).toBe("hi");
  });

  it("may be blocks alone", () => {
    const blocks = [{ type: "divider" }, { type: "header", text: { type: "plain_text", text: "Report" } }];
    expect(receive({ blocks }).read?.summary).toBe("Report");
  });

  it("tells its state by Alertmanager's colours when its title does not", () => {
    const colored = (color: string) => receive({ attachments: [{ title: "order", color }] }).read?.state;
    expect(["danger", "warning", "good", "#123456"].map(colored)).toEqual([
      "firing",
      "firing",
      "resolved",
      "message",
    ]);
  });
});

describe("a refusal", () => {
  const refusalOf = (body: unknown) => {
    const { refused, answer } = receive(body);
    return `${answer.status} ${answer.body} (${refused})`;
  };

  it("is Slack's word for it", () => {
    expect(refusalOf("{")).toBe("400 invalid_payload (invalid_payload: the body is not a JSON object)");
    expect(refusalOf({ text: 1 })).toBe(
      "400 invalid_payload (invalid_payload: 'text': Invalid input: expected string, received number)",
    );
    expect(refusalOf({ attachments: [{ fallback: "" }] })).toBe(
      "400 no_text (no_text: no text, no attachment and no block that says anything)",
    );
    expect(refusalOf({ attachments: Array.from({ length: 101 }, () => ({ text: "x" })) })).toBe(
      "400 too_many_attachments (too_many_attachments: 101 attachments, at most 100)",
    );
    expect(refusalOf({ blocks: [{ text: "no type" }] })).toBe(
      "400 invalid_blocks (invalid_blocks: 'blocks' is not an array of at most 50 blocks, each with a type)",
    );
  });
});

it("takes Slack's three escapes away once, not twice", () => {
  expect(unescapeSlack("&lt;b&gt; &amp;amp; &amp;lt;")).toBe("<b> &amp; &lt;");
});
