/** USE (utilisation, saturation, errors) of machines, from node_exporter. Shares are 0 to 1. */
import { MINUTE, duration } from "../duration.ts";
import { useSeries } from "../names.ts";
import type { RecordingRule, RuleGroup } from "./rule.ts";

const windows = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** Longer windows are means of this one: a share of time, averaged over time, is the share of the longer time. */
const baseWindow = 5 * MINUTE;

/** File systems that have no disk behind them. */
const realDisks = `fstype!~"tmpfs|overlay|squashfs|ramfs|iso9660",mountpoint!~"/(proc|sys|dev|run)($|/.*)"`;

/** Shares that are rates, by name: PromQL for a range. */
const rates: Readonly<Record<string, (range: string) => string>> = {
  cpu_utilisation: (range) => `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[${range}]))`,
  cpu_iowait: (range) => `avg by (instance) (rate(node_cpu_seconds_total{mode="iowait"}[${range}]))`,
  disk_utilisation: (range) => `max by (instance, device) (rate(node_disk_io_time_seconds_total[${range}]))`,
  network_errors: (range) => `sum by (instance) (
  rate(node_network_receive_errs_total[${range}]) + rate(node_network_transmit_errs_total[${range}])
)
/
(
  sum by (instance) (
    rate(node_network_receive_packets_total[${range}]) + rate(node_network_transmit_packets_total[${range}])
  ) > 0
)`,
};

/** Shares of this moment. */
const levels: Readonly<Record<string, string>> = {
  cpu_saturation: `sum by (instance) (node_load1)
/
count by (instance) (node_cpu_seconds_total{mode="idle"})`,
  memory_utilisation: "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
  disk_space_utilisation: `1 - max by (instance, mountpoint) (node_filesystem_avail_bytes{${realDisks}})
/
max by (instance, mountpoint) (node_filesystem_size_bytes{${realDisks}} > 0)`,
};

/** The recording rules of the USE method for machines. */
export function nodeGroups(): RuleGroup[] {
  const rules = Object.entries(levels).map(([what, expr]) => ({ record: useSeries.node(what), expr }));
  return [
    { name: "use-node", intervalSeconds: MINUTE, rules },
    ...windows.map((window) => ({
      name: `use-node-${duration(window)}`,
      intervalSeconds: MINUTE,
      rules: Object.entries(rates).map(([what, expr]) => rateRule(what, expr, window)),
    })),
  ];
}

function rateRule(what: string, expr: (range: string) => string, window: number): RecordingRule {
  const record = useSeries.node(what, window);
  if (window <= baseWindow) return { record, expr: expr(duration(window)) };
  return { record, expr: `avg_over_time(${useSeries.node(what, baseWindow)}[${duration(window)}])` };
}
