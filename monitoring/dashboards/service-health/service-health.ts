import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { redSeries } from "../../compiler/names.ts";
import type { Draft } from "../kit/finish.ts";
import { anyOf } from "../kit/variables.ts";
import type { Lab } from "../lab.ts";
import { byRoute, routeDuration, routeErrors, routeRate, statusClasses, statuses } from "./by-route.ts";
import {
  durationHeat,
  quantiles,
  serviceDuration,
  serviceErrors,
  serviceRate,
  withinThreshold,
} from "./red.ts";

/** Rate, errors and duration of the services: which one suffers, and which of its routes. */
export function serviceHealth(lab: Lab): Draft {
  const builder = new dashboard.DashboardBuilder("Service health")
    .description("Rate, errors and duration by service, by route and by status: where does it hurt?")
    .time({ from: "now-6h", to: "now" })
    .withVariable(
      anyOf({
        name: "service",
        title: "Service",
        description: "The services that all panels show.",
        series: redSeries.rate("app", 300),
        label: "service",
      }),
    )
    .withRow(new dashboard.RowBuilder("By service"))
    .withPanel(serviceRate(lab).span(8).height(8))
    .withPanel(serviceErrors(lab).span(8).height(8))
    .withPanel(serviceDuration(lab).span(8).height(8))
    .withRow(new dashboard.RowBuilder("By route"))
    .withPanel(byRoute(lab).span(24).height(10))
    .withPanel(routeRate().span(8).height(9))
    .withPanel(routeErrors(lab).span(8).height(9))
    .withPanel(routeDuration(lab).span(8).height(9))
    .withRow(new dashboard.RowBuilder("By status"))
    .withPanel(statusClasses().span(12).height(8))
    .withPanel(statuses().span(12).height(8))
    .withRow(new dashboard.RowBuilder("Duration"))
    .withPanel(durationHeat().span(12).height(9))
    .withPanel(quantiles(lab).span(12).height(9))
    .withPanel(withinThreshold(lab).span(24).height(8));
  return { uid: "service-health", source: "service-health/service-health.ts", builder };
}
