import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import { checkShape } from "../schema/shape.ts";
import { prometheusSpec } from "../schema/sli.ts";
import type { Metric, MetricSource, PrometheusSpec } from "../schema/sli.ts";
import { shown } from "../wording.ts";
import type { Context } from "./context.ts";

/**
 * Reads where a metric comes from. Only Prometheus can be honoured; anything else is refused.
 *
 * @returns what to ask Prometheus, or undefined when that is refused or broken.
 */
export function readMetricSource(metric: Node<Metric>, context: Context): Node<PrometheusSpec> | undefined {
  const source = field(metric, "metricSource");
  if (source === undefined || !isPrometheus(source, context)) return undefined;
  const spec = field(source, "spec");
  return spec && checkShape(spec, prometheusSpec, context.log);
}

function isPrometheus(source: Node<MetricSource>, context: Context): boolean {
  const { catalog, log } = context;
  const type = field(source, "type");
  const reference = field(source, "metricSourceRef");
  if (!has(source, "type") && !has(source, "metricSourceRef")) {
    log.error(
      placeOf(source),
      "source-without-type",
      "neither type nor metricSourceRef says where this metric comes from",
      "Add type: Prometheus",
    );
    return false;
  }
  const dataSource = reference && catalog.resolve("DataSource", reference, log);
  if (reference !== undefined && dataSource === undefined) return false;
  const inherited = dataSource && field(dataSource, "spec");
  const inheritedType = inherited && field(inherited, "type");
  if (type !== undefined && inheritedType !== undefined && !sameType(type.value, inheritedType.value)) {
    log.error(
      placeOf(type),
      "source-type-differs",
      `got ${shown(type.value)}, but DataSource ${shown(reference?.value)} is of type ${shown(inheritedType.value)}`,
      "Remove the type here, or name another DataSource",
    );
    return false;
  }
  const decisive = type ?? inheritedType;
  if (decisive === undefined) return false;
  if (sameType(decisive.value, "prometheus")) return true;
  log.error(
    placeOf(type ?? reference ?? source),
    "not-prometheus",
    `a metric source of type ${shown(decisive.value)} cannot be asked: the rules run inside Prometheus`,
    "Use type: Prometheus and bring the metric there, or keep this SLO for another tool",
  );
  return false;
}

function sameType(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
