import path from "node:path";
import { parse, stringify } from "yaml";
import { deriveAlertmanager } from "../native/configuration/alertmanager.ts";
import { hostsAt, type Hosts } from "../native/configuration/hosts.ts";
import { portsAt } from "../native/ports.ts";

/** Where the hand-written file is, from the repository's root. */
export const alertmanagerSource = "monitoring/alertmanager/alertmanager.yml";

/** Where docker-compose.yml mounts Alertmanager's files; each is a mount of its own. */
const MOUNT = "/etc/alertmanager";

export interface ComposeAlertmanager {
  /** The file that Alertmanager reads in docker-compose.yml, as text. */
  readonly config: string;
  /** What the files in its secrets folder have to hold, by file name; none is a credential. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * Derives Alertmanager's configuration for docker-compose.yml, as `npm run demo` does for itself: the console takes the
 * place of PagerDuty, Slack and the mail server. Hosts and intervals stay, because they are production's.
 *
 * @param source the text of `alertmanagerSource`.
 * @returns the same text for the same source.
 * @throws RangeError for a host or a secret that docker-compose.yml does not have; ZodError for an unexpected shape.
 */
export function composeAlertmanager(source: string): ComposeAlertmanager {
  const { config, secrets } = deriveAlertmanager(parse(source, { merge: true }), {
    hosts: ownHosts(),
    timeScale: 1,
    secretsDirectory: `${MOUNT}/secrets`,
  });
  // The templates are not copied beside the derived file.
  const templates = templatesOf(config).map((template) => path.posix.join(MOUNT, template));
  const notice = `# Generated from ${alertmanagerSource}. Do not edit: change that, then npm run generate.\n`;
  return { config: notice + stringify({ ...config, templates }, { lineWidth: 0 }), secrets };
}

/** In a Compose network every host is found under its own name. */
function ownHosts(): Hosts {
  return new Map([...hostsAt(portsAt(0), []).keys()].map((host) => [host, host]));
}

function templatesOf({ templates }: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(templates) ? templates.map(String) : [];
}
