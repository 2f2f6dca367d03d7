import { beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "./live/alertmanager.ts";
import { messagesOf, type Messages } from "./live/messages.ts";

const page: Alert = {
  labels: { alertname: "TargetDown", severity: "critical", category: "availability", service: "order" },
  annotations: {
    summary: "Every instance of order is gone",
    runbook_url: "https://runbooks.test/TargetDown.md",
  },
  generatorURL: "http://prometheus.test:9090/graph?g0.expr=up",
};

describe("an alert that has no SLO", () => {
  let messages: Messages;
  beforeAll(async () => {
    [messages] = (await messagesOf([page])) as [Messages];
  });

  it("leaves the SLO's fields blank in Slack, title and all, so that none is shown", () => {
    const shown = messages.attachment.fields.filter(({ title, value }) => title !== "" || value !== "");
    expect(shown.map(({ title }) => title)).toEqual(["Alert", "Severity", "Service"]);
  });

  it("has a button with an address in every place", () => {
    expect(messages.attachment.actions.map(({ text, url }) => [text, url])).toEqual([
      ["Runbook", "https://runbooks.test/TargetDown.md"],
      ["Prometheus", "http://prometheus.test:9090/graph?g0.expr=up"],
      ["Alertmanager", "http://alertmanager.test:9093"],
    ]);
  });

  it("says nothing of an SLO in a mail", () => {
    expect(messages.mail.text).not.toMatch(/SLO|Tier|Burn rate|Budget|exhaustion/);
    expect(messages.mail.html).not.toMatch(/SLO|Tier|Burn rate|Budget|exhaustion/);
  });
});

describe("an alert that is over", () => {
  let messages: Messages;
  beforeAll(async () => {
    const over = { ...page, endsAt: new Date().toISOString() };
    [, messages] = (await messagesOf([page], [over])) as [Messages, Messages];
  });

  it("resolves its incident in PagerDuty", () => {
    expect(messages.event).toMatchObject({ event_action: "resolve" });
    expect(messages.event.payload.custom_details).toMatchObject({ num_firing: "0", num_resolved: "1" });
  });

  it("says so in Slack, in green", () => {
    expect(messages.attachment).toMatchObject({
      color: "good",
      title: "[RESOLVED] Every instance of order is gone",
    });
  });

  it("says so in a mail, in green", () => {
    expect(messages.mail.subject).toBe("[RESOLVED] Every instance of order is gone");
    expect(messages.mail.text).toContain("Resolved (1):\nEvery instance of order is gone");
    expect(messages.mail.html).toContain("color: #116329");
  });
});

describe("an alert whose texts are hostile", () => {
  let messages: Messages;
  beforeAll(async () => {
    const hostile: Alert = {
      labels: { ...page.labels, service: "<!channel>" },
      annotations: {
        summary: "<!here> <script>alert(1)</script> & more",
        description: "</p><img src=x onerror=alert(1)>",
        runbook_url: "javascript:alert(1)",
      },
    };
    [messages] = (await messagesOf([hostile])) as [Messages];
  });

  it("rings nobody in Slack", () => {
    expect(messages.attachment.title).toBe(
      "[FIRING:1] &lt;!here&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp; more",
    );
    expect(messages.attachment.text).toContain("&lt;/p&gt;&lt;img src=x onerror=alert(1)&gt;");
    expect(messages.attachment.fields).toContainEqual({
      title: "Service",
      value: "&lt;!channel&gt;",
      short: true,
    });
  });

  it("puts neither markup nor a script's address into a mail", () => {
    expect(messages.mail.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
    expect(messages.mail.html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(messages.mail.html).not.toMatch(/<script|<img|javascript:/);
  });

  it("reaches PagerDuty as it is, because that is JSON", () => {
    expect(messages.event.payload.summary).toBe("<!here> <script>alert(1)</script> & more");
  });
});

describe("an alert whose prose has colons", () => {
  it("stays prose in PagerDuty, although Alertmanager reads details as YAML", async () => {
    const annotations = { summary: "order: slow", description: "cause:\nnone known" };
    const [messages] = await messagesOf([{ ...page, annotations }]);
    expect(messages?.event.payload.custom_details).toMatchObject({
      summary: "order:\u{a0}slow",
      description: "cause:\u{a0}none known",
      firing: "order:\u{a0}slow\n",
    });
  });
});

describe("an alert without annotations", () => {
  it("is called by its name in every channel", async () => {
    const [messages] = await messagesOf([{ labels: { alertname: "Homemade", severity: "warning" } }]);
    expect(messages?.event.payload.summary).toBe("Homemade");
    expect(messages?.attachment).toMatchObject({ title: "[FIRING:1] Homemade", color: "warning" });
    expect(messages?.mail.subject).toBe("[FIRING:1] Homemade");
    expect(messages?.attachment.actions.every(({ url }) => url.startsWith("http"))).toBe(true);
  });
});
