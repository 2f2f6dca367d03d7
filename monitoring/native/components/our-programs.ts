import path from "node:path";
import { compileCache } from "../../../services/compile-cache.ts";
import { nodeEnvironment, nodeFlags, services, type Service } from "../../../services/topology.ts";
import { incidentsFile } from "../configuration/paths.ts";
import { LOOPBACK, localUrl, type PortName } from "../ports.ts";
import type { Component } from "../processes/component.ts";
import { notRunning } from "./not-running.ts";
import type { Plan } from "./plan.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** Ctrl-C should not take long: below the time after which the supervisor kills. */
const SHUTDOWN_DEADLINE = "5s";

/** A service of the topology, with its fault switches and the addresses of its neighbours. */
export function serviceComponent(plan: Plan, { name, main, dependsOn }: Service): Component {
  const admin = plan.ports[`${name}Admin`];
  const component = nodeComponent(plan, name, main, {
    ADMIN_HOST: LOOPBACK,
    ADMIN_PORT: String(admin),
    PROFILE: plan.profile,
    ...addresses(plan, dependsOn),
  });
  return { ...component, ports: [...component.ports, [`${name} admin`, admin]] };
}

/** The load generator, which waits for every service: a service that is not ready yet is no incident. */
export function loadgenComponent(plan: Plan): Component {
  const names = services.map(({ name }) => name);
  const admin = plan.ports.loadgenAdmin;
  const component = nodeComponent(plan, "loadgen", "loadgen/main.ts", {
    ADMIN_PORT: String(admin),
    RPS: plan.rps?.toString(),
    ...addresses(plan, names),
  });
  return { ...component, ports: [...component.ports, ["loadgen admin", admin]], after: names };
}

/** The console, which is told what does not run here and how fast time passes. */
export function consoleComponent(plan: Plan): Component {
  const absent = notRunning(plan.toolbox).map(({ title }) => title);
  const component = nodeComponent(plan, "console", "monitoring/console/main.ts", {
    SMTP_PORT: String(plan.ports.consoleSmtp),
    DATA_DIR: path.join(plan.stateDirectory, "console"),
    PROMETHEUS_URL: localUrl(plan.ports.prometheus),
    ALERTMANAGER_URL: localUrl(plan.ports.alertmanager),
    LOKI_URL: plan.toolbox.loki === undefined ? undefined : localUrl(plan.ports.loki),
    ...switches(plan),
    TIME_SCALE: String(plan.timeScale),
    INCIDENTS_FILE: incidentsFile(plan.stateDirectory, plan.timeScale),
    STACK_NOTE: absent.length === 0 ? undefined : `Not running here: ${absent.join(", ")}.`,
  });
  return { ...component, ports: [...component.ports, ["console mail", plan.ports.consoleSmtp]] };
}

type Settings = Readonly<Record<string, string | undefined>>;

function nodeComponent(plan: Plan, name: PortName, main: string, own: Settings): Component {
  const settings: Settings = {
    ...nodeEnvironment,
    HOST: LOOPBACK,
    PORT: String(plan.ports[name]),
    SHUTDOWN_DEADLINE,
    // From the second start on nothing is compiled and no types are stripped: 25 MB less in every process.
    NODE_COMPILE_CACHE: compileCache,
    SEED: plan.seed?.toString(),
    ...own,
    ...plan.environment?.[name],
  };
  const env = Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    name,
    command: process.execPath,
    args: [...nodeFlags, path.join(root, main)],
    env: Object.fromEntries(env),
    ports: [[name, plan.ports[name]]],
    readyUrl: `${localUrl(plan.ports[name])}/readyz`,
    after: [],
  };
}

/** Where the console finds the fault switches; on loopback they ask for no token. */
function switches({ ports }: Plan): Record<string, string> {
  const names = [...services.map(({ name }) => name), "loadgen"] as const;
  return Object.fromEntries(
    names.map((name) => [`${name.toUpperCase()}_ADMIN_URL`, localUrl(ports[`${name}Admin`])]),
  );
}

function addresses({ ports }: Plan, names: readonly Service["name"][]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_URL`, localUrl(ports[name])]));
}
