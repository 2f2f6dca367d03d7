import { services } from "../../../services/topology.ts";
import type { Component } from "../processes/component.ts";
import { consoleComponent, loadgenComponent, serviceComponent } from "./our-programs.ts";
import type { Plan } from "./plan.ts";
import {
  alertmanagerComponent,
  exporterComponents,
  lokiComponents,
  prometheusComponent,
} from "./their-programs.ts";

/**
 * Lists what runs.
 *
 * @returns components in an order in which each stands behind those that it waits for.
 */
export function components(plan: Plan): Component[] {
  return [
    ...services.map((service) => serviceComponent(plan, service)),
    loadgenComponent(plan),
    prometheusComponent(plan),
    alertmanagerComponent(plan),
    consoleComponent(plan),
    ...lokiComponents(plan),
    ...exporterComponents(plan),
  ];
}
