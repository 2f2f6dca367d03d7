/** From Prometheus through Alertmanager to whoever is told. */
import { colour, paint } from "../kit/colours.ts";
import { graph, number } from "../kit/panels.ts";
import { now, over } from "../kit/queries.ts";
import { noneIsGood } from "../kit/thresholds.ts";

/** The kinds of receivers that monitoring/alertmanager uses; Alertmanager counts every kind that it knows. */
const integrations = 'integration=~"pagerduty|slack|email|webhook"';
const kinds = [
  paint("pagerduty", colour.page),
  paint("slack", "purple"),
  paint("email", colour.plain),
  paint("webhook", colour.good),
];
const perMinute = "suffix: /min";
const rate = (metric: string): string => `rate(${metric}[$__rate_interval])`;

export function delivered() {
  const total = `sum(increase(alertmanager_notifications_total{${integrations}}[$__range]))`;
  const lost = `sum(increase(alertmanager_notifications_failed_total{${integrations}}[$__range]))`;
  return number({
    title: "Delivered",
    description:
      "Share of the notifications of the chosen time that arrived. Below 100 % somebody was not told.",
    unit: "percentunit",
    decimals: 1,
    queries: [now(`1 - ${lost} / (${total} > 0)`, "delivered")],
    steps: [colour.page, [0.99, colour.notice], [1, colour.good]],
    runbook: "AlertmanagerNotificationsFailing",
  });
}

export function sent() {
  return graph({
    title: "Notifications a minute, by receiver",
    description:
      "The webhook is the Watchdog's beat, one a minute. A storm on the others is grouping gone wrong.",
    unit: perMinute,
    queries: [
      over(
        `60 * sum by (integration) (${rate(`alertmanager_notifications_total{${integrations}}`)})`,
        "{{integration}}",
      ),
    ],
    overrides: kinds,
    runbook: "Alertmanager",
  }).min(0);
}

export function failed() {
  return graph({
    title: "Notifications failed a minute, by receiver",
    description: "Any is a person who was not told: check the receiver's secret and address.",
    unit: perMinute,
    queries: [
      over(
        `60 * sum by (integration) (${rate(`alertmanager_notifications_failed_total{${integrations}}`)})`,
        "{{integration}}",
      ),
    ],
    overrides: kinds,
    runbook: "AlertmanagerNotificationsFailing",
  }).min(0);
}

export function stages() {
  const seconds = "alertmanager_notification_latency_seconds";
  const beside = `{${integrations}}`;
  return graph({
    title: "Time to notify, by stage",
    description:
      "Behind an alert that fires: Prometheus hands it on (its 90th percentile), Alertmanager waits to group " +
      "(10 s for pages, not drawn), and sends it (mean). Seconds here are seconds of an outage.",
    unit: "s",
    queries: [
      over('max(prometheus_notifications_latency_seconds{quantile="0.9"} >= 0)', "Prometheus hands on"),
      over(
        `sum(${rate(`${seconds}_sum${beside}`)}) / (sum(${rate(`${seconds}_count${beside}`)}) > 0)`,
        "Alertmanager sends",
      ),
    ],
    steps: [colour.good, [5, colour.notice], [30, colour.page]],
    runbook: "PrometheusNotifications",
  }).min(0);
}

export function received() {
  return graph({
    title: "Arrived at the console, a minute",
    description: "What the lab's console took, by channel: the other end of the line.",
    unit: perMinute,
    queries: [over(`60 * sum by (channel) (${rate("console_notifications_received_total")})`, "{{channel}}")],
    overrides: [paint("watchdog", colour.good), ...kinds.slice(0, 3)],
  }).min(0);
}

export function refused() {
  return number({
    title: "Refused by the console",
    description: "Deliveries that it did not take, in the chosen time. Its inbox shows each with the reason.",
    unit: "short",
    queries: [now("sum(increase(console_notifications_refused_total[$__range]))", "refused")],
    steps: noneIsGood,
    runbook: "AlertmanagerNotificationsFailing",
  });
}
