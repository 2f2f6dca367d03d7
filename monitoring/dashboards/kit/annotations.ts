/** What happened, drawn across every graph: pages, faults and starts of a service. */
import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { colour } from "./colours.ts";
import { dataSource } from "./data-sources.ts";

/** How long after its start a service counts as just deployed: long enough to be seen at a step of five minutes. */
const DEPLOYED = 300;

export const annotations: readonly (() => dashboard.AnnotationQueryBuilder)[] = [
  () =>
    annotation({
      name: "Pages",
      color: colour.page,
      expr: 'max by (alertname, service, slo) (ALERTS{alertstate="firing",severity="critical"})',
      title: "{{alertname}}",
      text: "{{service}} {{slo}}",
    }),
  () =>
    annotation({
      name: "Faults",
      color: colour.ticket,
      expr: "max by (service, fault, variant, target) (fault_active) > 0",
      title: "Fault: {{fault}} {{variant}}",
      text: "{{service}} {{target}}",
    }),
  () =>
    annotation({
      name: "Deployments",
      color: colour.plain,
      expr: `max by (service) (time() - process_start_time_seconds{service!=""} < bool ${DEPLOYED}) > 0`,
      title: "{{service}} started",
      text: "A deployment, or a restart",
    }),
];

interface Annotation {
  readonly name: string;
  readonly color: string;
  /** Above zero while it is so. */
  readonly expr: string;
  readonly title: string;
  readonly text: string;
}

function annotation({ name, color, expr, title, text }: Annotation): dashboard.AnnotationQueryBuilder {
  return new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(dataSource.prometheus)
    .enable(true)
    .hide(false)
    .iconColor(color)
    .expr(expr)
    .titleFormat(title)
    .textFormat(text)
    .step("60s");
}
