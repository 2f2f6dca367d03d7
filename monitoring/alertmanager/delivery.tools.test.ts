import { describe, expect, it } from "vitest";
import { startAlertmanager, type Alert } from "./live/alertmanager.ts";
import { startCapture, type Delivery } from "./live/capture.ts";

const page: Alert = {
  labels: {
    alertname: "ErrorBudgetBurnRateCritical",
    severity: "critical",
    category: "slo",
    service: "order",
    slo: "order-availability",
    slo_tier: "page-fast",
  },
  annotations: { summary: "order burns its budget" },
};
const warning: Alert = {
  labels: { alertname: "HighErrorRate", severity: "warning", category: "errors", service: "payment" },
};
const watchdog: Alert = { labels: { alertname: "Watchdog", severity: "none", category: "meta" } };

describe("the committed route tree, delivering", () => {
  it("sends an SLO page to PagerDuty, the critical channel and the SLO channel, and takes it back", async () => {
    await using capture = await startCapture();
    await using alertmanager = await startAlertmanager(capture);
    await alertmanager.post([page]);
    await capture.waitFor("page", isPagerDuty("trigger"));
    await capture.waitFor("message to the critical channel", isSlack("#sre-critical-alerts", "FIRING:1"));
    await capture.waitFor("message to the SLO channel", isSlack("#sre-slo-alerts", "FIRING:1"));

    await alertmanager.post([{ ...page, endsAt: new Date().toISOString() }]);
    await capture.waitFor("end of the page", isPagerDuty("resolve"));
    await capture.waitFor("end in the critical channel", isSlack("#sre-critical-alerts", "RESOLVED"));
    await capture.waitFor("end in the SLO channel", isSlack("#sre-slo-alerts", "RESOLVED"));
    expect(keysOf(capture.deliveries)).toHaveLength(1);
  });

  it("keeps one PagerDuty incident open when the fast tier clears before the slow one", async () => {
    await using capture = await startCapture();
    await using alertmanager = await startAlertmanager(capture);
    const slow = { ...page, labels: { ...page.labels, slo_tier: "page-slow" } };
    await alertmanager.post([page, slow]);
    await capture.waitFor("page", isPagerDuty("trigger"));
    await alertmanager.post([{ ...page, endsAt: new Date().toISOString() }, slow]);
    await capture.waitFor(
      "slow tier in the same incident",
      (each) => isPagerDuty("trigger")(each) && each.body.includes('"slo_tier":"page-slow"'),
    );
    await alertmanager.post([{ ...slow, endsAt: new Date().toISOString() }]);
    await capture.waitFor("end of the page", isPagerDuty("resolve"));
    expect(keysOf(capture.deliveries)).toHaveLength(1);
  });

  it("sends the Watchdog to the dead man's switch, and nowhere else", async () => {
    await using capture = await startCapture();
    await using alertmanager = await startAlertmanager(capture);
    await alertmanager.post([watchdog]);
    await capture.waitFor(
      "beat",
      ({ channel, body }) => channel === "watchdog" && body.includes('"Watchdog"'),
    );
    expect(capture.deliveries.map(({ channel }) => channel)).toEqual(["watchdog"]);
  });

  it("holds warnings back in a deployment window, and never a page", async () => {
    await using capture = await startCapture();
    // An entry without any field is all of time: the window is open now.
    const always = [{ name: "deployments", time_intervals: [{}] }];
    await using alertmanager = await startAlertmanager(capture, { time_intervals: always });
    await alertmanager.post([warning]);
    await alertmanager.post([page]);
    await capture.waitFor("page", isPagerDuty("trigger"));
    await capture.waitFor("message to the SLO channel", isSlack("#sre-slo-alerts", "FIRING:1"));
    await alertmanager.post([{ ...page, endsAt: new Date().toISOString() }]);
    await capture.waitFor("end of the page", isPagerDuty("resolve"));
    // The warning was posted first, and its group's turn to be sent came long before the end of the page.
    expect(capture.deliveries.filter(isSlack("#sre-warnings", "FIRING:1"))).toEqual([]);
  });

  it("lets warnings through outside of it: the committed window is past", async () => {
    await using capture = await startCapture();
    await using alertmanager = await startAlertmanager(capture);
    await alertmanager.post([warning]);
    const delivery = capture.waitFor("warning", isSlack("#sre-warnings", "FIRING:1"));
    await expect(delivery).resolves.toMatchObject({ channel: "slack" });
  });
});

function isPagerDuty(action: "trigger" | "resolve"): (delivery: Delivery) => boolean {
  return ({ channel, body }) => channel === "pagerduty" && body.includes(`"event_action":"${action}"`);
}

function isSlack(room: string, state: string): (delivery: Delivery) => boolean {
  return ({ channel, body }) =>
    channel === "slack" && body.includes(`"channel":"${room}"`) && body.includes(`"title":"[${state}]`);
}

/** The deduplication keys of all events to PagerDuty, each once. */
function keysOf(deliveries: readonly Delivery[]): string[] {
  const keys = deliveries.map(({ body }) => /"dedup_key":"([^"]+)"/.exec(body)?.[1]);
  return [...new Set(keys.filter((key) => key !== undefined))];
}
