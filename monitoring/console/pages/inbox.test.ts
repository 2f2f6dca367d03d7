import { describe, expect, it } from "vitest";
import type { Prometheus } from "../overview/prometheus.ts";
import { readEmail } from "../receive/email.ts";
import { captured, testConsole, trigger } from "../testing.ts";
import { opened } from "./testing.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");

/** A Prometheus that has seen Alertmanager fail: with mail once, with Slack three times within a minute. */
const failing: Prometheus = {
  query: (expression) =>
    Promise.resolve(expression.includes("failed") ? [{ labels: { integration: "slack" }, value: 3 }] : []),
  range: () =>
    Promise.resolve([
      {
        labels: { integration: "slack", reason: "contextDeadlineExceeded" },
        points: [
          [NOON - 240_000, 1],
          [NOON - 180_000, 3],
        ],
      },
      { labels: { integration: "email", reason: "clientError" }, points: [[NOON - 1_200_000, 1]] },
    ]),
  alerts: () => Promise.resolve([]),
};

describe("the inbox", () => {
  it("says how to make a first notification appear", async () => {
    const { text } = await opened("http://127.0.0.1:18080/inbox");
    expect(text).toContain("Nothing has been delivered yet.");
    expect(text).toContain("http://127.0.0.1:18080/services/T0/B0/local");
    expect(text).toContain("No open incident");
  });

  it("lists deliveries of all channels, refused ones in their place, and the open incidents", async () => {
    const { text } = await opened("/inbox", {}, async ({ post, intake }) => {
      await post("/v2/enqueue", captured("pagerduty-trigger.json"));
      await post("/services/T0/B0/local", "{");
      intake.accept(await readEmail(captured("email-firing.eml"), ["sre@example.com"]));
    });
    expect(text).toMatch(
      /Email firing payment 0 s ago payment was deployed .*Slack refused – 0 s ago invalid_payload: the body is not a JSON object .*PagerDuty firing order 0 s ago order-availability burns/,
    );
    expect(text).toMatch(/One open incident order-availability burns .* order, triggered, began 0 s ago/);
  });

  it("can be narrowed to a channel or to failures", async () => {
    const arrange = async ({ post }: ReturnType<typeof testConsole>) => {
      await post("/services/T0/B0/local", { text: "Hello" });
      await post("/services/T0/B0/local", "{");
    };
    expect((await opened("/inbox?filter=slack", {}, arrange)).text).not.toContain("refused");
    expect((await opened("/inbox?filter=failures", {}, arrange)).text).not.toContain("Hello");
    expect((await opened("/inbox?filter=fax")).status).toBe(400);
  });

  it("shows what Alertmanager could not deliver among them at its time, with channel, count and reason", async () => {
    const text = async (path: string) =>
      (
        await opened(path, { prometheus: failing }, async ({ post }) => {
          await post("/services/T0/B0/local", { text: "Hello" });
        })
      ).text;
    const email =
      "Email not delivered 20 min ago Alertmanager could not deliver 1 notification: the receiver refused";
    const slack =
      "Slack not delivered 4 min ago Alertmanager could not deliver 3 notifications, until 11:57:00: no answer came in time";
    const all = await text("/inbox");
    expect(all).toMatch(new RegExp(`Slack message – 0 s ago Hello .*${slack} .*${email}`));
    expect(await text("/inbox?filter=failures")).toMatch(new RegExp(`${slack} .*${email}`));
    expect(await text("/inbox?filter=email")).toContain(email);
    expect(await text("/inbox?filter=email")).not.toContain(slack);
    expect(await text("/inbox?filter=pagerduty")).toContain("Nothing through PagerDuty");
  });

  it("shows each of them on one page of the list only", async () => {
    let at = NOON - 3_600_000;
    const arrange = async ({ post }: ReturnType<typeof testConsole>) => {
      for (let n = 1; n <= 61; n += 1) {
        at = NOON - 3_600_000 + n * 57_000;
        await post("/v2/enqueue", trigger({ dedup_key: `key ${n}` }));
      }
      at = NOON;
    };
    const text = async (path: string) =>
      (await opened(path, { prometheus: failing, now: () => new Date(at) }, arrange)).text;
    expect(await text("/inbox")).toContain("could not deliver 3 notifications");
    expect(await text("/inbox?before=2")).not.toContain("could not deliver 3 notifications");
  });

  it("goes back page by page", async () => {
    const { page, text } = await opened("/inbox", {}, async ({ post }) => {
      for (let n = 1; n <= 61; n += 1) await post("/v2/enqueue", trigger({ dedup_key: `key ${n}` }));
    });
    expect(text).toContain("Older");
    expect(page).toContain('href="/inbox?before=2"');
    expect(text).toContain("61 open incidents");
    expect(text).toContain("and 41 older ones");
  });
});

describe("a message", () => {
  it("is shown as PagerDuty shows an incident, with its log", async () => {
    const { text } = await opened("/inbox?show=2", {}, async ({ post }) => {
      await post("/v2/enqueue", captured("pagerduty-trigger.json"));
      await post("/v2/enqueue", captured("pagerduty-resolve.json"));
    });
    expect(text).toContain("incident resolved severity critical service order source Alertmanager");
    expect(text).toContain("burn_rate 231×");
    expect(text).toMatch(/Incident log firing 0 s ago .* resolved 0 s ago/);
    expect(text).toContain("&quot;event_action&quot;: &quot;resolve&quot;");
  });

  it("is shown as Slack shows attachments", async () => {
    const { page, text } = await opened("/inbox?show=1", {}, ({ post }) =>
      post("/services/T0/B0/local", captured("slack-firing.json")),
    );
    expect(text).toContain(
      "#sre-critical-alerts A Alertmanager APP 12:00 UTC [FIRING:1] order-availability burns",
    );
    expect(text).toContain("&lt;b&gt;Payments &amp; orders&lt;/b&gt; answer 503.");
    expect(text).toContain("Burn rate 231× Budget left 48.1 %");
    expect(page).toContain('fill="#a30200"');
  });

  it("is shown as a mail client shows a mail", async () => {
    const { text } = await opened("/inbox?show=1", {}, async ({ intake }) =>
      intake.accept(await readEmail(captured("email-firing.eml"), ["sre@example.com"])),
    );
    expect(text).toContain(
      "[FIRING:1] payment was deployed from alertmanager@example.com to sre-team@example.com",
    );
    expect(text).toContain("Version 42 of payment &amp; friends is live.");
  });

  it("that was refused tells why", async () => {
    const { text } = await opened("/inbox?show=1", {}, ({ post }) =>
      post("/v2/enqueue", { event_action: "trigger" }),
    );
    expect(text).toContain(
      "A delivery by PagerDuty was refused why &#39;routing_key&#39; is missing or blank",
    );
  });

  it("that is not kept any more says so", async () => {
    expect((await opened("/inbox?show=99")).text).toContain("This notification is not kept any more");
    expect((await opened("/inbox/99/raw")).status).toBe(404);
  });
});

it("hides what went wrong inside from whoever asks", async () => {
  const { app, inbox } = testConsole();
  inbox.list = () => {
    throw new Error("the secret reason");
  };
  const response = await app.request("/inbox");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
});
