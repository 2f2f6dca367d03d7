/** The same by route and by status: which part of a service suffers. */
import { OTHER_METHOD } from "../../../services/kit/metrics.ts";
import { MINUTE } from "../../compiler/duration.ts";
import { redSeries } from "../../compiler/names.ts";
import { colour, paint } from "../kit/colours.ts";
import { dashboardOf } from "../kit/links.ts";
import { badShareSteps, durationSteps } from "../kit/objectives.ts";
import { graph, stack } from "../kit/panels.ts";
import { over, overPast } from "../kit/queries.ts";
import { tableOf } from "../kit/tables.ts";
import type { Lab } from "../lab.ts";

const window = 5 * MINUTE;
const chosen = '{service=~"$service"}';
/** Methods that a route does not have answer 405 and would only fill the table. */
const routes = `{service=~"$service",method!="${OTHER_METHOD}"}`;
const byEndpoint = (series: string): string => `max by (service, method, path) (${series}${routes})`;

export function byRoute({ slos }: Lab) {
  const duration = { unit: "s", steps: durationSteps(slos), width: 100 };
  const quantile = (percent: number): string =>
    byEndpoint(redSeries.quantile("app_endpoint", percent, window));
  return tableOf({
    title: "Routes",
    description:
      "The last five minutes of each route, most 5xx first. Red is above what the SLO allows. A route without " +
      "requests has no percentiles.",
    sort: { by: "5xx", descending: true },
    columns: [
      {
        title: "Service",
        label: "service",
        width: 110,
        links: [dashboardOf("Logs of this service", "logs", { service: "${__data.fields.service}" })],
      },
      { title: "Method", label: "method", width: 90 },
      { title: "Route", label: "path" },
      {
        title: "Requests",
        expr: byEndpoint(redSeries.rate("app_endpoint", window)),
        unit: "reqps",
        width: 120,
      },
      {
        title: "5xx",
        expr: byEndpoint(redSeries.errorRatio("app_endpoint", window)),
        unit: "percentunit",
        decimals: 2,
        steps: badShareSteps(slos, "availability"),
        width: 100,
      },
      { title: "p50", expr: quantile(50), ...duration },
      { title: "p95", expr: quantile(95), ...duration },
      { title: "p99", expr: quantile(99), ...duration },
    ],
  });
}

export function routeRate() {
  return graph({
    title: "Requests a second by route",
    description:
      "A route that grows alone is one client, or a loop; one that stops alone is a caller that gave up.",
    unit: "reqps",
    queries: [over(`${redSeries.rate("app_endpoint", window)}${routes}`, "{{method}} {{path}}")],
  }).min(0);
}

export function routeErrors({ slos }: Lab) {
  return graph({
    title: "Share of 5xx by route",
    description: "One route alone points at its code or its neighbour; all of them at the service itself.",
    unit: "percentunit",
    queries: [over(`${redSeries.errorRatio("app_endpoint", window)}${routes}`, "{{method}} {{path}}")],
    steps: badShareSteps(slos, "availability"),
    runbook: "HighErrorRate",
  }).min(0);
}

export function routeDuration({ slos }: Lab) {
  return graph({
    title: "95th percentile of duration by route",
    description: "Which route is slow, beside the latency SLO's threshold.",
    unit: "s",
    queries: [over(`${redSeries.quantile("app_endpoint", 95, window)}${routes}`, "{{method}} {{path}}")],
    steps: durationSteps(slos),
    runbook: "HighLatency",
  }).min(0);
}

export function statusClasses() {
  return stack({
    title: "Answers a second by class of status",
    description: "Only 5xx counts against availability. A wave of 4xx is a client's mistake, or an attack.",
    unit: "reqps",
    queries: [
      over(
        `sum by (status_class) (${redSeries.rate("app_status_class", window)}${chosen})`,
        "{{status_class}}",
      ),
    ],
    overrides: [
      paint("2xx", colour.good),
      paint("3xx", colour.plain),
      paint("4xx", colour.notice),
      paint("5xx", colour.page),
    ],
  });
}

export function statuses() {
  const failed = 'http_requests_total{service=~"$service",path!="unmatched",status=~"[45].."}';
  return graph({
    title: "Answers a second that are not a success, by status",
    description:
      "402 and 403 are declined and fraudulent payments, 401, 423 and 429 failed sign-ins: outcomes of the business. " +
      "500 is ours, 502 to 504 a neighbour's.",
    unit: "reqps",
    queries: [overPast(`sum by (status) (rate(${failed}[$__rate_interval])) > 0`, "{{status}}")],
  }).min(0);
}
