/** The programs that are not ours: what each is called, where it comes from, and who stands in when it is absent. */
import { findExecutable } from "./find-executable.ts";

export interface Tool {
  readonly title: string;
  /** Names to look for on the PATH, upstream's first, then Debian's. */
  readonly commands: readonly string[];
  /** Without a required tool nothing starts; without another one, `standIn` says how to do without. */
  readonly required: boolean;
  /** Package by package manager; none where the manager has no package of it. */
  readonly packages: { readonly apt?: string; readonly pacman?: string };
  readonly standIn?: string;
}

export type ToolName =
  | "prometheus"
  | "promtool"
  | "alertmanager"
  | "amtool"
  | "nodeExporter"
  | "blackboxExporter"
  | "grafana"
  | "loki"
  | "alloy";

export const tools: Readonly<Record<ToolName, Tool>> = {
  prometheus: {
    title: "Prometheus",
    commands: ["prometheus"],
    required: true,
    packages: { apt: "prometheus", pacman: "prometheus" },
  },
  promtool: {
    title: "promtool",
    commands: ["promtool"],
    required: true,
    packages: { apt: "prometheus", pacman: "prometheus" },
  },
  alertmanager: {
    title: "Alertmanager",
    commands: ["alertmanager", "prometheus-alertmanager"],
    required: true,
    packages: { apt: "prometheus-alertmanager", pacman: "alertmanager" },
  },
  amtool: {
    title: "amtool",
    commands: ["amtool"],
    required: true,
    packages: { apt: "prometheus-alertmanager", pacman: "alertmanager" },
  },
  nodeExporter: {
    title: "node exporter",
    commands: ["node_exporter", "prometheus-node-exporter"],
    required: false,
    packages: { apt: "prometheus-node-exporter", pacman: "prometheus-node-exporter" },
    standIn: "no host metrics; each program still reports its own CPU and memory",
  },
  blackboxExporter: {
    title: "blackbox exporter",
    commands: ["blackbox_exporter", "prometheus-blackbox-exporter"],
    required: false,
    packages: { apt: "prometheus-blackbox-exporter", pacman: "prometheus-blackbox-exporter" },
    standIn: "no probes from outside; readiness is seen at each /readyz",
  },
  grafana: {
    title: "Grafana",
    commands: ["grafana", "grafana-server"],
    required: false,
    packages: { pacman: "grafana" },
    standIn: "the console and Prometheus' own graphs stand in",
  },
  loki: {
    title: "Loki",
    commands: ["loki"],
    required: false,
    packages: { pacman: "loki" },
    standIn: "logs are files, see below",
  },
  alloy: {
    title: "Alloy",
    commands: ["alloy", "grafana-alloy"],
    required: false,
    packages: {},
    standIn: "the runner ships the logs to Loki itself, where Loki is",
  },
};

/** The absolute path of each tool that was found. */
export type Toolbox = Readonly<Partial<Record<ToolName, string>>>;

/**
 * Looks every tool up, in the order of its names.
 *
 * @param searchPath directories as in `PATH`; empty or absent finds nothing.
 */
export function findTools(searchPath: string | undefined): Toolbox {
  const found: Partial<Record<ToolName, string>> = {};
  for (const name of toolNames) {
    const file = findExecutable(searchPath, tools[name].commands);
    if (file !== undefined) found[name] = file;
  }
  return found;
}

/** The required tools that are not in the box, in the order of `tools`. */
export function missingTools(box: Toolbox): ToolName[] {
  return toolNames.filter((name) => tools[name].required && box[name] === undefined);
}

export const toolNames = Object.keys(tools) as readonly ToolName[];
