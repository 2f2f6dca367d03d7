import path from "node:path";
import { services } from "../../services/topology.ts";
import { configurationFiles, dataDirectory } from "./configuration/paths.ts";
import { LOOPBACK, localUrl, type PortName, type Ports } from "./ports.ts";
import type { Component } from "./processes/component.ts";
import { prometheusTimes } from "./prometheus-times.ts";
import { tools, type ToolName, type Toolbox } from "./tools/tools.ts";

/** What decides the components of one stack. */
export interface Plan {
  readonly ports: Ports;
  readonly toolbox: Toolbox;
  /** Absolute. */
  readonly stateDirectory: string;
  readonly timeScale: number;
  readonly profile: "default" | "reference";
  readonly rps?: number | undefined;
  readonly seed?: number | undefined;
  /** Settings beyond the usual, by component; a benchmark's flat load, for example. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

const root = path.resolve(import.meta.dirname, "../..");

/** For every Node program here: what it keeps alive is small, and a big young generation would only hide garbage. */
const nodeFlags = ["--max-semi-space-size=4"];
/** 1.5 SLO windows of 30 days, so that the end of the window is never lost. */
const RETENTION = "45d";
/** Ctrl-C should not take longer; below the time after which the supervisor kills. */
const SHUTDOWN_DEADLINE = "5s";

/**
 * Lists what runs, each after what it needs. Prometheus comes last, so that its first scrape of every target succeeds.
 *
 * @returns components in an order in which each stands behind those that it waits for.
 */
export function components(plan: Plan): Component[] {
  const own = [...services.map((service) => serviceComponent(plan, service)), consoleComponent(plan)];
  const exporters = exporterComponents(plan);
  const load = loadgenComponent(
    plan,
    services.map((service) => service.name),
  );
  const first = [...own, ...exporters, alertmanagerComponent(plan), load];
  return [
    ...first,
    prometheusComponent(
      plan,
      first.map((component) => component.name),
    ),
  ];
}

/** Optional tools that the stack starts when they are there. */
const exporters = [
  { tool: "nodeExporter", name: "node-exporter", readyPath: "/" },
  { tool: "blackboxExporter", name: "blackbox-exporter", readyPath: "/-/healthy" },
] as const;

/** What cannot run here, and what stands in for it. */
export function notRunning(toolbox: Toolbox): { readonly title: string; readonly standIn: string }[] {
  const optional = (Object.keys(tools) as ToolName[]).filter((name) => !tools[name].required);
  const runs = (name: ToolName): boolean =>
    toolbox[name] !== undefined && exporters.some((exporter) => exporter.tool === name);
  return optional
    .filter((name) => !runs(name))
    .map((name) => ({ title: tools[name].title, standIn: tools[name].standIn ?? "" }));
}

function nodeComponent(
  plan: Plan,
  name: PortName,
  main: string,
  env: Readonly<Record<string, string | undefined>>,
): Component {
  const settings = {
    HOST: LOOPBACK,
    PORT: String(plan.ports[name]),
    SHUTDOWN_DEADLINE,
    SEED: plan.seed?.toString(),
    ...env,
    ...plan.environment?.[name],
  };
  const given = Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    name,
    command: process.execPath,
    args: [...nodeFlags, path.join(root, main)],
    env: Object.fromEntries(given),
    ports: [[name, plan.ports[name]]],
    readyUrl: `${localUrl(plan.ports[name])}/readyz`,
    after: [],
  };
}

function serviceComponent(plan: Plan, { name, main, dependsOn }: (typeof services)[number]): Component {
  const admin = plan.ports[`${name}Admin`];
  const neighbours = dependsOn.map((each) => [`${each.toUpperCase()}_URL`, localUrl(plan.ports[each])]);
  const env = {
    ADMIN_HOST: LOOPBACK,
    ADMIN_PORT: String(admin),
    PROFILE: plan.profile,
    ...Object.fromEntries(neighbours),
  };
  const component = nodeComponent(plan, name, main, env);
  return { ...component, ports: [...component.ports, [`${name} admin`, admin]] };
}

function loadgenComponent(plan: Plan, after: readonly string[]): Component {
  const urls = services.map(({ name }) => [`${name.toUpperCase()}_URL`, localUrl(plan.ports[name])]);
  const env = { ...Object.fromEntries(urls), RPS: plan.rps?.toString() };
  return { ...nodeComponent(plan, "loadgen", "loadgen/main.ts", env), after };
}

function consoleComponent(plan: Plan): Component {
  const absent = notRunning(plan.toolbox).map(({ title }) => title);
  const component = nodeComponent(plan, "console", "monitoring/console/main.ts", {
    SMTP_PORT: String(plan.ports.consoleSmtp),
    DATA_DIR: path.join(plan.stateDirectory, "console"),
    PROMETHEUS_URL: localUrl(plan.ports.prometheus),
    ALERTMANAGER_URL: localUrl(plan.ports.alertmanager),
    TIME_SCALE: String(plan.timeScale),
    STACK_NOTE: absent.length === 0 ? undefined : `Not running here: ${absent.join(", ")}.`,
  });
  return { ...component, ports: [...component.ports, ["console mail", plan.ports.consoleSmtp]] };
}

function exporterComponents(plan: Plan): Component[] {
  return exporters.flatMap(({ tool, name, readyPath }) => {
    const command = plan.toolbox[tool];
    const port = plan.ports[tool];
    if (command === undefined) return [];
    const args = [`--web.listen-address=${LOOPBACK}:${port}`];
    if (tool === "blackboxExporter")
      args.push(`--config.file=${path.join(root, "monitoring/blackbox/blackbox.yml")}`);
    const readyUrl = localUrl(port) + readyPath;
    return [{ name, command, args, env: {}, ports: [[name, port] as const], readyUrl, after: [] }];
  });
}

function alertmanagerComponent({ ports, toolbox, stateDirectory, timeScale }: Plan): Component {
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

function prometheusComponent(plan: Plan, after: readonly string[]): Component {
  const url = localUrl(plan.ports.prometheus);
  return {
    name: "prometheus",
    command: plan.toolbox.prometheus ?? "prometheus",
    args: [
      `--config.file=${configurationFiles(plan.stateDirectory).prometheus}`,
      `--storage.tsdb.path=${dataDirectory(plan.stateDirectory, "prometheus", plan.timeScale)}`,
      `--storage.tsdb.retention.time=${RETENTION}`,
      `--web.listen-address=${LOOPBACK}:${plan.ports.prometheus}`,
      `--web.external-url=${url}`,
      ...prometheusTimes(plan.timeScale),
    ],
    env: {},
    ports: [["prometheus", plan.ports.prometheus]],
    readyUrl: `${url}/-/ready`,
    after,
  };
}
