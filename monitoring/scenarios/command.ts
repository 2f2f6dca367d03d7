import { z } from "zod";
import { readConfig } from "../../services/kit/config.ts";
import { services } from "../../services/topology.ts";
import { faultVariables, type FaultConfig } from "../faults/config.ts";
import { parseCommandLine } from "../native/command-line.ts";
import { stackOptions } from "../native/options.ts";
import { localUrl, portsAt } from "../native/ports.ts";
import { loadScenario, scenarioNames } from "./load.ts";

export const usage = `npm run scenario -- NAME [options]
npm run scenario -- --list

Carries an incident out in a running stack, says what it does, and whether the alerts came that it expects. Ctrl-C ends it
and undoes what it switched on; every fault ends by itself, too.

  --list             the scenarios, and what each is about
  --port-offset N    the stack whose ports are moved by N (default 0)
  --time-scale N     the stack whose time runs N times faster, from 1 to 60 (default 1)
  --seed N           other moments within the jitter (default: the scenario's own)
  --help             this text

ORDER_ADMIN_URL, PAYMENT_ADMIN_URL, USER_ADMIN_URL, LOADGEN_ADMIN_URL and ADMIN_TOKEN say where the switches are, if not on
this machine.
`;

const { "port-offset": portOffset, "time-scale": timeScale, seed } = stackOptions;
const schema = z.strictObject({ "port-offset": portOffset, "time-scale": timeScale, seed });

/** What is to be done. */
export interface ScenarioCommand {
  readonly name: string;
  readonly timeScale: number;
  readonly seed: number | undefined;
  readonly prometheusUrl: string;
  readonly switches: FaultConfig;
}

/**
 * Reads the command line of `npm run scenario`.
 *
 * @throws NativeError BAD_OPTION for an unknown option or value; ConfigError for an address that is none.
 */
export function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ScenarioCommand | "help" | "list" {
  if (args.includes("--list")) return "list";
  const [first = "--help"] = args;
  const named = !first.startsWith("-");
  const options = parseCommandLine(named ? args.slice(1) : args, schema, usage);
  if (options === "help" || !named) return "help";
  const ports = portsAt(options["port-offset"] ?? 0);
  const here = Object.fromEntries(
    services.map(({ name }) => [`${name.toUpperCase()}_ADMIN_URL`, localUrl(ports[`${name}Admin`])]),
  );
  const defaults = { ...here, LOADGEN_ADMIN_URL: localUrl(ports.loadgenAdmin) };
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  return {
    name: first,
    timeScale: options["time-scale"] ?? 1,
    seed: options.seed,
    prometheusUrl: localUrl(ports.prometheus),
    switches: readConfig(z.object(faultVariables), { ...defaults, ...given }),
  };
}

/** What `--list` prints. */
export function listScenarios(): string {
  const all = scenarioNames().map((name) => loadScenario(name));
  const width = Math.max(...all.map(({ name }) => name.length));
  return all
    .map(({ name, title, description }) => `  ${name.padEnd(width)}  ${title}. ${description.trim()}\n`)
    .join("");
}
