/** Metrics of programs that are not ours: who exports them, and why the checks may take that for granted. */

interface Foreign {
  readonly reason: string;
  readonly names: readonly string[];
}

export const foreignMetrics: readonly Foreign[] = [
  { reason: "Prometheus writes it for every target that it scrapes", names: ["up"] },
  { reason: "Prometheus writes it for every alert that is pending or fires", names: ["ALERTS"] },
  { reason: "the blackbox exporter writes it for every probe", names: ["probe_success"] },
  {
    reason:
      "services/kit/boot.ts registers it, outside of what the snapshots see; fault-metrics.test.ts pins it",
    names: ["fault_active"],
  },
  {
    reason: "Prometheus tells of its own rules and of handing alerts on; seen on 2.42, kept in 3.x",
    names: [
      "prometheus_notifications_latency_seconds",
      "prometheus_rule_evaluation_duration_seconds_sum",
      "prometheus_rule_evaluation_failures_total",
      "prometheus_rule_group_iterations_missed_total",
      "prometheus_rule_group_last_duration_seconds",
      "prometheus_rule_group_last_evaluation_samples",
    ],
  },
  {
    reason: "Alertmanager counts what it sends; seen on 0.25, kept in 0.34",
    names: [
      "alertmanager_notification_latency_seconds_count",
      "alertmanager_notification_latency_seconds_sum",
      "alertmanager_notifications_failed_total",
      "alertmanager_notifications_total",
    ],
  },
];
