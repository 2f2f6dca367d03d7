import { beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "./live/alertmanager.ts";
import { messagesOf, type Messages } from "./live/messages.ts";

const annotations = {
  summary: "order burns its error budget 1000 times too fast",
  description: "100% of requests to order failed in the last hour & the last 5 minutes.",
  burn_rate: "1000",
  budget_left: "71.3%",
  time_to_exhaustion: "30m",
  runbook_url: "https://runbooks.test/ErrorBudgetBurnRateCritical.md",
  dashboard_url: "https://grafana.test/d/slo?var-service=order&from=now-1h",
  logs_url: "https://grafana.test/explore?q=%7Bservice%3D%22order%22%7D",
};
const fast: Alert = {
  labels: {
    alertname: "ErrorBudgetBurnRateCritical",
    category: "slo",
    cluster: "lab",
    long_window: "1h",
    service: "order",
    severity: "critical",
    short_window: "5m",
    slo: "order-availability",
    slo_tier: "page-fast",
  },
  annotations,
  generatorURL: "http://prometheus.test:9090/graph?g0.expr=slo&g0.tab=1",
};
const slow: Alert = {
  ...fast,
  labels: { ...fast.labels, slo_tier: "page-slow", long_window: "6h", short_window: "30m" },
  annotations: { ...annotations, summary: "order burns its error budget 166 times too fast" },
};

describe("a page of two tiers, led by the faster", () => {
  let messages: Messages;
  beforeAll(async () => {
    [messages] = (await messagesOf([slow, fast])) as [Messages];
  });

  it("gives PagerDuty its facts as details", () => {
    expect(messages.event).toMatchObject({
      event_action: "trigger",
      client_url: "http://alertmanager.test:9093/#/alerts?receiver=pagerduty-critical",
      payload: {
        summary: "order burns its error budget 1000 times too fast",
        severity: "critical",
        class: "ErrorBudgetBurnRateCritical",
        component: "order",
        group: "lab",
      },
    });
    expect(messages.event.payload.custom_details).toEqual({
      ...annotations,
      alertname: "ErrorBudgetBurnRateCritical",
      service: "order",
      slo: "order-availability",
      slo_tier: "page-fast",
      severity: "critical",
      num_firing: "2",
      num_resolved: "0",
      firing:
        "order burns its error budget 1000 times too fast (order-availability, page-fast)\n" +
        "order burns its error budget 166 times too fast (order-availability, page-slow)\n",
      resolved: "",
    });
  });

  it("gives Slack the same facts as fields, and its links as buttons", () => {
    expect(messages.attachment).toMatchObject({
      color: "danger",
      title: "[FIRING:2] order burns its error budget 1000 times too fast",
      title_link: "http://alertmanager.test:9093/#/alerts?receiver=slack-critical",
      text:
        "100% of requests to order failed in the last hour &amp; the last 5 minutes.\n\n" +
        "• firing: order burns its error budget 1000 times too fast (order-availability, page-fast)\n" +
        "• firing: order burns its error budget 166 times too fast (order-availability, page-slow)\n" +
        "<http://prometheus.test:9090/graph?g0.expr=slo&amp;g0.tab=1|Prometheus>",
      fallback: "[FIRING:2] order burns its error budget 1000 times too fast",
      footer: "cluster lab",
      mrkdwn_in: ["text"],
    });
    expect(messages.attachment.fields.map(({ title, value }) => `${title}: ${value}`)).toEqual([
      "Alert: ErrorBudgetBurnRateCritical",
      "Severity: critical",
      "Service: order",
      "SLO: order-availability",
      "Tier: page-fast",
      "Burn rate: 1000",
      "Budget left: 71.3%",
      "Time to exhaustion: 30m",
    ]);
    expect(messages.attachment.actions.map(({ text, url }) => [text, url])).toEqual([
      ["Runbook", annotations.runbook_url],
      ["Dashboard", annotations.dashboard_url],
      ["Logs", annotations.logs_url],
    ]);
  });

  it("gives a mail the same facts as text, and as headers to filter by", () => {
    expect(messages.mail.subject).toBe("[FIRING:2] order burns its error budget 1000 times too fast");
    expect(messages.mail.text).toMatchInlineSnapshot(`
      "[FIRING:2] order burns its error budget 1000 times too fast

      100% of requests to order failed in the last hour & the last 5 minutes.

      Alert: ErrorBudgetBurnRateCritical
      Severity: critical
      Service: order
      SLO: order-availability
      Tier: page-fast
      Burn rate: 1000
      Budget left: 71.3%
      Time to exhaustion: 30m

      Runbook: https://runbooks.test/ErrorBudgetBurnRateCritical.md
      Dashboard: https://grafana.test/d/slo?var-service=order&from=now-1h
      Logs: https://grafana.test/explore?q=%7Bservice%3D%22order%22%7D
      Prometheus: http://prometheus.test:9090/graph?g0.expr=slo&g0.tab=1
      Alertmanager: http://alertmanager.test:9093/#/alerts?receiver=email-info

      Firing (2):
      order burns its error budget 1000 times too fast (order-availability, page-fast)
      order burns its error budget 166 times too fast (order-availability, page-slow)

      "
    `);
    const headers = messages.mail.headers.filter(({ key }) => key.startsWith("x-"));
    expect(headers.map(({ key, value }) => `${key}: ${value}`).toSorted()).toEqual([
      "x-alertname: ErrorBudgetBurnRateCritical",
      "x-service: order",
      "x-severity: critical",
      "x-slo-tier: page-fast",
      "x-slo: order-availability",
    ]);
  });

  it("gives a mail the same facts as HTML", () => {
    expect(messages.mail.html).toMatchInlineSnapshot(`
      "<!DOCTYPE html>
      <html lang="en">
      <body style="font: 14px/1.5 system-ui, sans-serif; color: #1b1f24; max-width: 640px; margin: 0">
      <p style="font-weight: bold; color: #a40e26">
      [FIRING:2] order burns its error budget 1000 times too fast</p>
      <p>100% of requests to order failed in the last hour &amp; the last 5 minutes.</p>
      <table style="border-collapse: collapse">
      <tr><th align="left" style="padding-right: 16px">Alert</th><td>ErrorBudgetBurnRateCritical</td></tr>
      <tr><th align="left" style="padding-right: 16px">Severity</th><td>critical</td></tr>
      <tr><th align="left" style="padding-right: 16px">Service</th><td>order</td></tr>
      <tr><th align="left" style="padding-right: 16px">SLO</th><td>order-availability</td></tr>
      <tr><th align="left" style="padding-right: 16px">Tier</th><td>page-fast</td></tr>
      <tr><th align="left" style="padding-right: 16px">Burn rate</th><td>1000</td></tr>
      <tr><th align="left" style="padding-right: 16px">Budget left</th><td>71.3%</td></tr>
      <tr><th align="left" style="padding-right: 16px">Time to exhaustion</th><td>30m</td></tr>
      </table>
      <p>
      <a href="https://runbooks.test/ErrorBudgetBurnRateCritical.md">Runbook</a>
      <a href="https://grafana.test/d/slo?var-service=order&amp;from=now-1h">Dashboard</a>
      <a href="https://grafana.test/explore?q=%7Bservice%3D%22order%22%7D">Logs</a>
      <a href="http://prometheus.test:9090/graph?g0.expr=slo&amp;g0.tab=1">Prometheus</a>
      <a href="http://alertmanager.test:9093/#/alerts?receiver=email-info">Alertmanager</a>
      </p>
      <ul>
      <li>firing: order burns its error budget 1000 times too fast (order-availability, page-fast)</li>
      <li>firing: order burns its error budget 166 times too fast (order-availability, page-slow)</li>
      </ul>
      </body>
      </html>
      "
    `);
  });
});
