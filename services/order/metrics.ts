import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { DURATION_BUCKETS } from "../kit/metrics.ts";

export type OrderMetrics = ReturnType<typeof orderMetrics>;

/** The order service's own metrics (reference 2.1). */
export function orderMetrics(registry: Registry) {
  const registers = [registry];
  const created = new Counter({
    name: "orders_created_total",
    help: "Orders that were created.",
    registers,
  });
  const inProgress = new Gauge({
    name: "orders_in_progress",
    help: "Orders that are being created.",
    registers,
  });
  const processing = new Histogram({
    name: "order_processing_duration_seconds",
    help: "Time of an order's creation from its valid body to its end, calls to the neighbours included.",
    buckets: DURATION_BUCKETS,
    registers,
  });
  return { created, inProgress, processing };
}
