import { describe, expect, it } from "vitest";
import { adminListeners } from "../faults/testing.ts";
import { PrometheusError } from "../overview/prometheus.ts";
import type { Prometheus, Series } from "../overview/prometheus.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import { testConsole, trigger } from "../testing.ts";
import { textOf } from "./testing.ts";

const START = Date.parse("2026-11-21T12:00:00Z");
const labels = { service: "payment", slo: "payment-availability" };
const rising = (name: string): Series => ({
  labels: { ...labels, __name__: name },
  points: Array.from({ length: 20 }, (_, n) => [START - 30_000 + n * 15_000, n < 3 ? 1 : n * 5]),
});
/** What was recorded of the incident: both windows above 14.4 from 15 s on, the alert a while later. */
const answering: Prometheus = {
  query: () => Promise.resolve([]),
  range: (expression) =>
    Promise.resolve(
      expression.startsWith("ALERTS")
        ? [
            {
              labels: { ...labels, alertstate: "firing", slo_tier: "page-fast" },
              points: [[START + 60_000, 1]],
            },
          ]
        : [
            rising("slo:error_budget:availability_burn_rate1h"),
            rising("slo:error_budget:availability_burn_rate5m"),
          ],
    ),
  alerts: () => Promise.resolve([]),
};

/**
 * Three days of 10 requests a second, none of them bad. An outage then crosses after 51.84 s, and later still where the
 * callers' breaker opens and fewer requests come: after 67.1 s.
 */
const reader: PrometheusReader = {
  value: (expression) => {
    const counts = /\bslo:\w+:(bad|total):increase(\d+)(m|h|d)/.exec(expression);
    const seconds = Number(counts?.[2]) * ({ m: 60, h: 3600, d: 86_400 }[counts?.[3] ?? ""] ?? 0);
    return Promise.resolve(counts?.[1] === "bad" ? 0 : 10 * seconds);
  },
  range: (expression, from, to, step) =>
    Promise.resolve(
      Array.from({ length: Math.floor((to - from) / step / 1000) + 1 }, (_, n) => ({
        at: from + n * step * 1000,
        value: expression.includes(":bad:") ? 0 : 600,
      })),
    ),
};

const page = (action: "trigger" | "resolve", severity = "critical") => {
  const custom_details = { alertname: "ErrorBudgetBurnRateCritical", ...labels, severity };
  return trigger({
    event_action: action,
    dedup_key: `payment ${severity}`,
    payload: { summary: "payment burns", source: "Alertmanager", severity, custom_details },
  });
};

/** An outage of payment that was paged and undone, on a clock of its own. */
async function outage(prometheus: Prometheus = answering) {
  const clock = { at: START };
  const now = (): Date => new Date(clock.at);
  const listeners = await adminListeners();
  const console = testConsole({ switches: listeners.switches, prometheus, now, reader });
  console.book.take("payment", {
    active: [
      {
        id: "fault-1",
        service: "payment",
        fault: "outage",
        variant: "503",
        target: null,
        startedAt: START,
        expiresAt: START + 300_000,
      },
    ],
  });
  await expect.poll(() => console.book.all()[0]?.predicted).toBe(true);
  const tell = async (
    seconds: number,
    action: "trigger" | "resolve",
    severity?: "warning",
  ): Promise<void> => {
    clock.at = START + seconds * 1000;
    expect((await console.post("/v2/enqueue", page(action, severity))).status).toBe(202);
  };
  const read = async (path: string) => {
    const response = await console.app.request(path);
    return { status: response.status, text: textOf(await response.text()) };
  };
  return { ...console, clock, tell, read, id: console.book.all()[0]?.key ?? "" };
}

describe("the overview's account of what happens now", () => {
  it("says when the page is due, what else crosses, and how much later the page was received", async () => {
    const { tell, read, clock } = await outage();
    clock.at = START + 5000;
    const { text } = await read("/");
    expect(text).toContain("12:01:07 page predicted (Payment availability, 14.4× over 1h) in 1:02");
    expect(text).toContain("12:02:48 page predicted (Payment availability, 6× over 6h) in 2:43");
    expect(text).toContain("12:02:52 page predicted (Order availability, 14.4× over 1h) in 2:47");
    await tell(75, "trigger");
    expect((await read("/")).text).toContain("page received PagerDuty 0:07 after the predicted crossing");
  });

  it("says it to a screen reader, too, in words that do not count down", async () => {
    const { tell, app, clock, book } = await outage();
    const said = async (): Promise<string | undefined> =>
      /role="status" id="now-said" data-live>(.*?)<\/p>/s.exec(await (await app.request("/")).text())?.[1];
    expect(await said()).toBe("payment outage 503 is on. Page predicted at 12:01:07.");
    await tell(75, "trigger");
    const predicted = "Page predicted at 12:01:07. Page received: PagerDuty.";
    expect(await said()).toBe(`payment outage 503 is on. ${predicted}`);
    clock.at = START + 100_000;
    book.take("payment", { active: [] });
    await tell(400, "resolve");
    expect(await said()).toBe(`payment outage 503 undone. ${predicted} Resolved: PagerDuty.`);
  });

  it("says so when chance brought the page before the crossing that arithmetic predicts", async () => {
    const { tell, read } = await outage();
    await tell(62, "trigger");
    expect((await read("/")).text).toContain("page received PagerDuty 0:05 before the predicted crossing");
  });

  it("calls a ticket by its name, and does not measure it by the page that is due", async () => {
    const { tell, read, app, id } = await outage();
    await tell(20, "trigger", "warning");
    const text = (await read("/")).text;
    expect(text).toMatch(/12:00:20 ticket received PagerDuty (?!.*after the predicted)/);
    expect(text).not.toContain("page received");
    expect(await (await app.request("/")).text()).toContain("Ticket received: PagerDuty.");
    expect((await read(`/incidents/${id}`)).text).toContain("PagerDuty received a ticket – +20.0 s –");
    await tell(75, "trigger");
    expect((await read("/")).text).toContain("page received PagerDuty 0:07 after the predicted crossing");
    expect((await read(`/incidents/${id}`)).text).toContain("PagerDuty received +67.1 s +75.0 s +7.9 s");
  });

  it("says by when it is resolved once it is undone, until it is", async () => {
    const { tell, read, clock, book } = await outage();
    await tell(75, "trigger");
    expect((await read("/")).text).not.toContain("resolved by then");
    clock.at = START + 100_000;
    book.take("payment", { active: [] });
    // The short window of 5 min, and 5 s to scrape, 15 s to evaluate and 60 s to tell at the most.
    const line = "12:08:00 resolved by then: the last 5m have to be well again in 6:20";
    expect((await read("/")).text).toContain(line);
    await tell(400, "resolve");
    expect((await read("/")).text).not.toContain("resolved by then");
  });
});

describe("the page of incidents", () => {
  it("says how to make one where there is none", async () => {
    const { app } = testConsole();
    const text = textOf(await (await app.request("/incidents")).text());
    expect(text).toContain("No incident yet.");
  });

  it("has a row with prediction, page, difference and state, also while Prometheus is away", async () => {
    const { tell, read, clock, book } = await outage();
    clock.at = START + 5000;
    expect((await read("/incidents")).text).toContain(
      "payment: outage 503 from outside the console 11-21 12:00:00 5 s +1:07 – – – going on",
    );
    await tell(75, "trigger");
    clock.at = START + 120_000;
    book.take("payment", { active: [] });
    expect((await read("/incidents")).text).toContain("2 min +1:07 +1:15 +7.9 s PagerDuty not resolved yet");
    await tell(400, "resolve");
    expect((await read("/incidents")).text).toContain("PagerDuty resolved");
  });
});

describe("the page of an incident", () => {
  it("sets beside each other what was predicted and what was measured", async () => {
    const { tell, read, id } = await outage();
    await tell(75, "trigger");
    const { text } = await read(`/incidents/${id}`);
    expect(text).toContain("Payment availability: 14.4× over 1h crossed +67.1 s +15.0 s −52.1 s");
    expect(text).toContain("Payment availability: 14.4× over 1h firing +67.1 s +60.0 s −7.1 s");
    expect(text).toContain("PagerDuty received +67.1 s +75.0 s +7.9 s");
    expect(text).toContain("firing from 12:01:00 to 12:01:15");
    expect(text).toContain("predicted crossing at 12:01:07");
  });

  it("links to everything that tells more of its service and time", async () => {
    const { tell, app, id } = await outage();
    await tell(75, "trigger");
    const html = await (await app.request(`/incidents/${id}`)).text();
    expect(html).toContain('href="/dashboards/slo-overview?var-service=payment&amp;from=');
    expect(html).toContain('href="/runbooks/ErrorBudgetBurnRateCritical"');
    expect(html).toMatch(/href="http:\/\/localhost:9090\/graph\?g0\.expr=slo/);
    expect(html).toContain('href="http://localhost:9093/#/alerts?filter=%7Bservice%3D%22payment%22%7D"');
  });

  it("shows what the console knows itself when Prometheus is away, and says what is missing", async () => {
    const away = (): Promise<never> =>
      Promise.reject(new PrometheusError("http://p:9090 refuses connections"));
    const { read, id, tell } = await outage({ query: away, range: away, alerts: away });
    await tell(75, "trigger");
    const { text, status } = await read(`/incidents/${id}`);
    expect(status).toBe(200);
    expect(text).toContain("What Prometheus saw is missing here: http://p:9090 refuses connections.");
    expect(text).toContain("PagerDuty received +67.1 s +75.0 s +7.9 s");
  });

  it("is not there for an incident that nobody knows", async () => {
    const { app } = testConsole();
    expect((await app.request("/incidents/payment.fault-1.1")).status).toBe(404);
    expect((await app.request(`/incidents/${encodeURIComponent("<script>")}`)).status).toBe(404);
  });
});
