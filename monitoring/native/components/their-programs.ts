import path from "node:path";
import { configurationFiles, dataDirectory } from "../configuration/paths.ts";
import { LOOPBACK, localUrl } from "../ports.ts";
import type { Component } from "../processes/component.ts";
import type { Plan } from "./plan.ts";
import { prometheusTimes } from "./prometheus-times.ts";

/** 1.5 SLO windows of 30 days, so that the end of the window is never lost. */
const RETENTION = "45d";

const blackboxConfiguration = path.resolve(import.meta.dirname, "../../blackbox/blackbox.yml");

/**
 * Prometheus. It waits for nothing, because it does not look for targets before it is five seconds old (its discovery
 * sends its first update then), and by that time they answer.
 */
export function prometheusComponent({ ports, toolbox, stateDirectory, timeScale }: Plan): Component {
  const url = localUrl(ports.prometheus);
  return {
    name: "prometheus",
    command: toolbox.prometheus ?? "prometheus",
    args: [
      `--config.file=${configurationFiles(stateDirectory).prometheus}`,
      `--storage.tsdb.path=${dataDirectory(stateDirectory, "prometheus", timeScale)}`,
      `--storage.tsdb.retention.time=${RETENTION}`,
      `--web.listen-address=${LOOPBACK}:${ports.prometheus}`,
      `--web.external-url=${url}`,
      ...prometheusTimes(timeScale),
    ],
    env: {},
    ports: [["prometheus", ports.prometheus]],
    readyUrl: `${url}/-/ready`,
    after: [],
  };
}

export function alertmanagerComponent({ ports, toolbox, stateDirectory, timeScale }: Plan): Component {
  const url = localUrl(ports.alertmanager);
  return {
    name: "alertmanager",
    command: toolbox.alertmanager ?? "alertmanager",
    args: [
      `--config.file=${configurationFiles(stateDirectory).alertmanager}`,
      `--storage.path=${dataDirectory(stateDirectory, "alertmanager", timeScale)}`,
      `--web.listen-address=${LOOPBACK}:${ports.alertmanager}`,
      `--web.external-url=${url}`,
      // One Alertmanager needs no cluster, and no third port.
      "--cluster.listen-address=",
    ],
    env: {},
    ports: [["alertmanager", ports.alertmanager]],
    readyUrl: `${url}/-/ready`,
    after: [],
  };
}

/** Loki, where it is on this machine. Its times are the logs' own, so no time scale changes it. */
export function lokiComponents({ ports, toolbox, stateDirectory }: Plan): Component[] {
  if (toolbox.loki === undefined) return [];
  return [
    {
      name: "loki",
      command: toolbox.loki,
      args: [`-config.file=${configurationFiles(stateDirectory).loki}`],
      env: {},
      ports: [
        ["loki", ports.loki],
        ["loki grpc", ports.lokiGrpc],
      ],
      readyUrl: `${localUrl(ports.loki)}/ready`,
      after: [],
    },
  ];
}

/** The exporters that are on this machine. */
export function exporterComponents({ ports, toolbox }: Plan): Component[] {
  const exporter = (
    name: string,
    command: string | undefined,
    port: number,
    readyPath: string,
    args: readonly string[],
  ): Component[] => {
    if (command === undefined) return [];
    const listen = `--web.listen-address=${LOOPBACK}:${port}`;
    const readyUrl = localUrl(port) + readyPath;
    return [{ name, command, args: [listen, ...args], env: {}, ports: [[name, port]], readyUrl, after: [] }];
  };
  return [
    ...exporter("node-exporter", toolbox.nodeExporter, ports.nodeExporter, "/", []),
    ...exporter("blackbox-exporter", toolbox.blackboxExporter, ports.blackboxExporter, "/-/healthy", [
      `--config.file=${blackboxConfiguration}`,
    ]),
  ];
}
