/** USE of containers, from cAdvisor and kube-state-metrics; absent where these are not scraped. Shares are 0 to 1. */
import { MINUTE, duration } from "../duration.ts";
import { useSeries } from "../names.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";

const windows = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const baseWindow = 5 * MINUTE;

/** Real containers: not the pod's cgroup, and not its pause container. */
const containers = `container!="",container!="POD"`;
const by = "namespace, pod, container";

/** Of what was requested: above 1 a container lives on what its neighbours leave. */
const requested = (resource: string): string =>
  `(\n  sum by (${by}) (kube_pod_container_resource_requests{resource="${resource}"}) > 0\n)`;

const rates: Readonly<Record<string, (range: string) => string>> = {
  cpu_utilisation: (range) =>
    `sum by (${by}) (rate(container_cpu_usage_seconds_total{${containers}}[${range}]))\n/\n${requested("cpu")}`,
  cpu_throttling: (
    range,
  ) => `sum by (${by}) (rate(container_cpu_cfs_throttled_periods_total{${containers}}[${range}]))
/
(
  sum by (${by}) (rate(container_cpu_cfs_periods_total{${containers}}[${range}])) > 0
)`,
};

const levels: Readonly<Record<string, string>> = {
  memory_utilisation: `sum by (${by}) (container_memory_working_set_bytes{${containers}})\n/\n${requested("memory")}`,
  memory_oom_killed: `max by (${by}) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled"})`,
};

/** The recording rules of the USE method for containers. */
export function containerGroups(): RuleGroup[] {
  const rules = Object.entries(levels).map(([what, expr]) => ({ record: useSeries.container(what), expr }));
  return [
    { name: "use-container", intervalSeconds: MINUTE, rules },
    ...windows.map((window) => ({
      name: `use-container-${duration(window)}`,
      intervalSeconds: MINUTE,
      rules: Object.entries(rates).map(([what, expr]) => rateRule(what, expr, window)),
    })),
  ];
}

function rateRule(what: string, expr: (range: string) => string, window: number): RecordingRule {
  const record = useSeries.container(what, window);
  if (window <= baseWindow) return { record, expr: expr(duration(window)) };
  return { record, expr: `avg_over_time(${useSeries.container(what, baseWindow)}[${duration(window)}])` };
}
