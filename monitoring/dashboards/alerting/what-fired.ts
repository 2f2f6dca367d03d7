/** Alerts over time and now, each with its runbook. */
import { label } from "../../compiler/names.ts";
import { colour } from "../kit/colours.ts";
import { dashboardOf, link, runbookUrl } from "../kit/links.ts";
import { lanes } from "../kit/panels.ts";
import { over } from "../kit/queries.ts";
import { tableOf } from "../kit/tables.ts";
import { runbookPages } from "./runbook-pages.ts";

/** The Watchdog always fires; its own panels are below. */
const alerts = (state: string): string => `ALERTS{alertname!="Watchdog"${state}}`;
const firing = ',alertstate="firing"';

export function timeline() {
  const by = "max by (alertname, service)";
  return lanes({
    title: "What fired when",
    description:
      "A lane for each alert and service: yellow while its condition must still hold, red while it fires. Many lanes " +
      "that begin together have one cause: begin with the leftmost.",
    unit: "none",
    queries: [over(`${by} (2 * ${alerts(firing)} or ${alerts("")})`, "{{alertname}} {{service}}")],
    states: {
      1: { text: "pending", color: colour.notice },
      2: { text: "firing", color: colour.page },
    },
    empty: "No alert in this time",
    runbook: "README",
  });
}

export function firingNow() {
  return tableOf({
    title: "Firing now",
    description:
      "What Prometheus tells Alertmanager at the end of the chosen time. Empty is good. Open the runbook of each.",
    empty: "No alert is firing",
    sort: { by: "Severity" },
    columns: [
      {
        title: "Severity",
        label: label.severity,
        width: 100,
        states: {
          critical: { text: "page", color: colour.page },
          warning: { text: "ticket", color: colour.ticket },
        },
      },
      { title: "Alert", label: "alertname" },
      {
        title: "Service",
        label: "service",
        width: 120,
        links: [
          dashboardOf("Health of this service", "service-health", { service: "${__data.fields.service}" }),
        ],
      },
      {
        title: "SLO",
        label: label.slo,
        width: 180,
        links: [
          dashboardOf("This SLO", "slo-overview", {
            service: "${__data.fields.service}",
            slo: "${__data.fields.slo}",
          }),
        ],
      },
      { title: "Tier", label: label.tier, width: 110 },
      {
        title: "Runbook",
        label: "runbook",
        states: runbookPages(),
        links: [link("Runbook", runbookUrl("${__value.text}"))],
      },
      {
        title: "Firing",
        expr:
          "max by (severity, alertname, service, slo, slo_tier, runbook) " +
          `(label_replace(${alerts(firing)}, "runbook", "$1", "alertname", "(.+)"))`,
        unit: "none",
        hidden: true,
      },
    ],
  });
}
