/** The data sources by the uids that Grafana's provisioning gives them (monitoring/grafana/provisioning). */
export const dataSource = {
  prometheus: { type: "prometheus", uid: "prometheus" },
  loki: { type: "loki", uid: "loki" },
} as const;
