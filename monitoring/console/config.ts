import path from "node:path";
import { z } from "zod";
import { baseUrl, choice, duration, numeric, port, word } from "../../services/kit/config.ts";
import { LOG_LEVELS } from "../../services/kit/logging.ts";
import { faultVariables } from "../faults/config.ts";
import { ports } from "../../services/topology.ts";

/** The console's environment. The README's table says what each variable is for. */
export const consoleSchema = z.object({
  HOST: word("an address to listen on").prefault("127.0.0.1"),
  PORT: port().prefault(String(ports.console)),
  SMTP_PORT: port().prefault(String(ports.consoleSmtp)),
  DATA_DIR: word("a folder that the inbox is kept in"),
  PROMETHEUS_URL: baseUrl().prefault(`http://127.0.0.1:${ports.prometheus}`),
  ALERTMANAGER_URL: baseUrl().prefault(`http://127.0.0.1:${ports.alertmanager}`),
  /** Where the logs are, if any run. */
  LOKI_URL: baseUrl().optional(),
  DASHBOARDS_DIR: word("a folder of Grafana's dashboard files").prefault(
    path.resolve(import.meta.dirname, "../generated/dashboards"),
  ),
  /** Where a browser finds them, if not at the addresses above (in a container network, say). */
  PROMETHEUS_LINK: baseUrl().optional(),
  ALERTMANAGER_LINK: baseUrl().optional(),
  GRAFANA_URL: baseUrl().optional(),
  /** Names under which people open the console, besides loopback's; faults are switched under no other. */
  HOST_NAMES: word("host names, with commas between them")
    .transform((text) => text.split(",").map((name) => name.trim()))
    .optional(),
  ...faultVariables,
  /** What really went wrong in the past that Prometheus holds, where that is known: alert policies are judged by it. */
  INCIDENTS_FILE: word("a file that monitoring/history writes").optional(),
  TIME_SCALE: numeric("a number from 1 to 60", (scale) => scale >= 1 && scale <= 60).prefault("1"),
  STACK_NOTE: word("what does not run, in words").optional(),
  READY_DELAY: duration().prefault("0s"),
  SHUTDOWN_DEADLINE: duration().prefault("10s"),
  LOG_LEVEL: choice(...LOG_LEVELS).prefault("info"),
  LOG_FILE: word("a path to append log lines to").optional(),
});
export type ConsoleConfig = z.output<typeof consoleSchema>;
