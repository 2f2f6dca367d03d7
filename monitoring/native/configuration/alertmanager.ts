import path from "node:path";
import { z } from "zod";
import { ports } from "../../../services/topology.ts";
import { resolveHost, type Hosts } from "./hosts.ts";
import { scaleDuration } from "./scale-duration.ts";

/** Where production mounts its secrets; only files in here have a stand-in. */
const SECRETS_MOUNT = "/etc/alertmanager/secrets";

/** The console as the hand-written configuration names it: its web server, and where it takes mail. */
const CONSOLE = `console:${ports.console}`;
const CONSOLE_MAIL = `console:${ports.consoleSmtp}`;

/** Keys whose value is a time of the pipeline; times of day and calendar ranges are none. */
const times: ReadonlySet<string> = new Set([
  "group_wait",
  "group_interval",
  "repeat_interval",
  "resolve_timeout",
]);
/** Keys whose secret file holds Slack's webhook address; any other secret file holds a key or a password. */
const slackUrlFiles: ReadonlySet<string> = new Set(["slack_api_url_file", "api_url_file"]);

// Only what is changed here is described; amtool judges the rest.
const schema = z.looseObject({ global: z.looseObject({}), receivers: z.array(z.looseObject({})) });

export interface DerivedAlertmanager {
  /** The configuration of this stack, to be written as YAML. */
  readonly config: z.infer<typeof schema>;
  /** What to write into each file of the secrets folder, by file name. */
  readonly secrets: ReadonlyMap<string, string>;
}

export interface AlertmanagerContext {
  /** Where each host of the stack is found. */
  readonly hosts: Hosts;
  /** How many times shorter the intervals become; 1 leaves them. */
  readonly timeScale: number;
  /** The folder, absolute, that takes the place of production's secrets mount. */
  readonly secretsDirectory: string;
}

/**
 * Turns the production configuration into the lab's: the console takes the place of PagerDuty, Slack and the
 * mail server, secrets move to a folder of the lab, and every pipeline interval becomes N times shorter.
 *
 * @param source alertmanager.yml, parsed with merge keys resolved.
 * @throws RangeError for an unknown host, a secret outside the mount or a bad duration; ZodError for an unexpected shape.
 */
export function deriveAlertmanager(source: unknown, context: AlertmanagerContext): DerivedAlertmanager {
  const { global, ...rest } = schema.parse(source);
  const secrets = new Map<string, string>();
  const console = `http://${whereabouts(CONSOLE, context.hosts, "console")}`;

  const change = (key: string, text: string, section: string): string => {
    if (times.has(key)) return scaleDuration(text, context.timeScale);
    if (key === "url" && section === "webhook_configs") return localWebhook(text, context.hosts);
    if (!key.endsWith("_file")) return text;
    const name = secretName(key, text);
    secrets.set(name, slackUrlFiles.has(key) ? `${console}/services/T0/B0/local` : `local-${name}`);
    return path.join(context.secretsDirectory, name);
  };

  const local = {
    pagerduty_url: `${console}/v2/enqueue`,
    smtp_smarthost: whereabouts(CONSOLE_MAIL, context.hosts, "console"),
    smtp_require_tls: false,
  };
  // The console takes mail from whoever reaches it: no name, no password.
  const open = Object.fromEntries(Object.entries(global).filter(([key]) => !key.startsWith("smtp_auth_")));
  const config = { ...rest, global: { ...open, ...local } };
  return { config: schema.parse(mapTexts(config, change)), secrets };
}

/** Changes every text in a tree. `change` gets the text's own key and the nearest key above that holds a list. */
function mapTexts(
  tree: unknown,
  change: (key: string, text: string, section: string) => string,
  key = "",
  section = "",
): unknown {
  if (typeof tree === "string") return change(key, tree, section);
  if (Array.isArray(tree)) return tree.map((item) => mapTexts(item, change, key, key));
  if (typeof tree !== "object" || tree === null) return tree;
  const entries = Object.entries(tree).map(([name, value]) => [name, mapTexts(value, change, name, section)]);
  return Object.fromEntries(entries);
}

function localWebhook(text: string, hosts: Hosts): string {
  const url = new URL(text);
  url.host = whereabouts(url.host, hosts, "webhook_configs");
  return url.href;
}

/** Finds a host without which the configuration makes no sense. */
function whereabouts(address: string, hosts: Hosts, place: string): string {
  const host = resolveHost(hosts, address, place);
  if (host === undefined) throw new RangeError(`${place}: ${address} does not run here`);
  return host;
}

function secretName(key: string, file: string): string {
  if (path.posix.dirname(file) === SECRETS_MOUNT) return path.posix.basename(file);
  throw new RangeError(`${key}: got "${file}", want a file in ${SECRETS_MOUNT}`);
}
