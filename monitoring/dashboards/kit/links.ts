/** Ways out of a dashboard. Addresses begin at Grafana's root; the console draws `/d/<uid>` too. */
import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { defaultLinkBases } from "../../compiler/rules/annotations.ts";

/** The tag of all of our dashboards, by which each lists the others. */
export const tag = "burnrate";

/** How much of the logs a click on a graph shows, around the moment that was clicked; milliseconds. */
const LOGS_AROUND = 600_000;

/** Where an alert's page is; `page` is a name or one of Grafana's link variables. */
export function runbookUrl(page: string): string {
  return `${defaultLinkBases.runbooks}/${page}.md`;
}

/** A panel's link to what to do. */
export function runbook(page: string): dashboard.DashboardLinkBuilder {
  return link(`Runbook: ${page}`, runbookUrl(page)).targetBlank(true);
}

/** From a point of a graph to the logs at that time; `service` is a name or one of Grafana's link variables. */
export function logsAt(service: string): dashboard.DashboardLinkBuilder {
  const query = `var-service=${service}&time=\${__value.time}&time.window=${LOGS_AROUND}`;
  return link("Logs at this time", `/d/logs?${query}`);
}

/** From a row of a table to the dashboard of that row, at the same time range. */
export function dashboardOf(title: string, uid: string, variables: Readonly<Record<string, string>>) {
  const values = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return link(title, `/d/${uid}?${[...values, "from=${__from}", "to=${__to}"].join("&")}`);
}

/** A drop-down with all of our dashboards; the time range goes along. */
export function otherDashboards(): dashboard.DashboardLinkBuilder {
  return new dashboard.DashboardLinkBuilder("Dashboards")
    .type(dashboard.DashboardLinkType.Dashboards)
    .tags([tag])
    .asDropdown(true)
    .keepTime(true);
}

/** A link that one click follows. */
export function link(title: string, url: string): dashboard.DashboardLinkBuilder {
  return new dashboard.DashboardLinkBuilder(title).type(dashboard.DashboardLinkType.Link).url(url);
}
