import { expect, it } from "vitest";
import { watchOverview } from "./overview.ts";
import type { OverviewReading } from "./overview.ts";
import { PrometheusError } from "./prometheus.ts";
import type { ActiveAlert, Prometheus, Sample } from "./prometheus.ts";

const up = (instance: string, value: number): Sample => ({
  labels: { job: "application-services", instance },
  value,
});
const alert = (
  alertname: string,
  severity: string,
  state: ActiveAlert["state"],
  minute: number,
): ActiveAlert => ({
  labels: { alertname, severity, service: "order" },
  annotations: { summary: `${alertname} says so` },
  state,
  activeAt: new Date(minute * 60_000),
});

const healthy: Prometheus = {
  query: (expression) => {
    if (expression === "up") return Promise.resolve([up("order:8081", 1), up("payment:8082", 0)]);
    if (expression.includes("notifications_failed"))
      return Promise.resolve([{ labels: { integration: "email" }, value: 1.2 }]);
    const labels = { __name__: "slo:objective:ratio", service: "order", slo: "order-availability" };
    return Promise.resolve([{ labels, value: 0.999 }]);
  },
  range: () => Promise.resolve([]),
  alerts: () =>
    Promise.resolve([
      alert("Watchdog", "none", "firing", 0),
      alert("Pending", "critical", "pending", 9),
      alert("Ticket", "warning", "firing", 8),
      alert("OldPage", "critical", "firing", 1),
      alert("NewPage", "critical", "firing", 7),
    ]),
};

function watching(prometheus: Prometheus) {
  const readings: OverviewReading[] = [];
  let minute = 0;
  const watch = watchOverview({
    prometheus,
    onReading: (reading) => readings.push(reading),
    now: () => new Date(60_000 * minute++),
  });
  return { watch, readings };
}

it("counts targets, names those that are down, and tells what Alertmanager could not deliver", async () => {
  const { watch } = watching(healthy);
  await watch.refresh();
  expect(watch.read().overview).toMatchObject({
    targets: { up: 1, total: 2, down: ["application-services payment:8082"] },
    failedDeliveries: [{ integration: "email", count: 1 }],
    slos: [{ slo: "order-availability", objective: 0.999 }],
  });
});

it("looks through six hours of lost deliveries at first, and again only while something fails", async () => {
  let [asked, fails] = [0, false];
  const { watch } = watching({
    ...healthy,
    query: (expression) =>
      expression.includes("notifications_failed") && !fails ? Promise.resolve([]) : healthy.query(expression),
    range: () => {
      asked += 1;
      return Promise.resolve([{ labels: { integration: "email" }, points: [[60_000, asked]] }]);
    },
  });
  const counts: number[] = [];
  for (const failing of [false, false, true, true, false, false]) {
    fails = failing;
    await watch.refresh();
    counts.push(watch.read().overview?.lostDeliveries[0]?.count ?? 0);
  }
  expect(counts).toEqual([1, 1, 2, 3, 4, 4]);
});

it("lists alerts by urgency, without the Watchdog", async () => {
  const { watch } = watching(healthy);
  await watch.refresh();
  expect(watch.read().overview?.alerts.map(({ alertname }) => alertname)).toEqual([
    "NewPage",
    "OldPage",
    "Ticket",
    "Pending",
  ]);
});

it("keeps the last overview while Prometheus is gone, and the moment at which it went", async () => {
  let gone = false;
  const query: Prometheus["query"] = (expression) =>
    gone ? Promise.reject(new PrometheusError("it refuses connections")) : healthy.query(expression);
  const { watch, readings } = watching({ ...healthy, query });
  await watch.refresh();
  gone = true;
  await watch.refresh();
  await watch.refresh();
  expect(watch.read()).toMatchObject({
    overview: { targets: { total: 2 } },
    at: new Date(0),
    unreachable: { since: new Date(60_000), reason: "it refuses connections" },
  });
  gone = false;
  await watch.refresh();
  expect(readings.map(({ unreachable }) => unreachable === null)).toEqual([true, false, false, true]);
});
