import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { z } from "zod";

/** A part of alertmanager.yml that a test puts another in the place of. */
export interface ConfigurationChanges {
  /** The whole route tree. @default the committed one */
  readonly route?: object;
  /** The whole list of time intervals. @default the committed one */
  readonly time_intervals?: readonly object[];
  /** @default the committed ones */
  readonly inhibit_rules?: readonly object[];
}

export interface Endpoints {
  readonly httpPort: number;
  readonly smtpPort: number;
  /** A folder of the test's own, for the secrets. */
  readonly directory: string;
}

const folder = new URL("..", import.meta.url);

/** Long enough that two alerts of one request are one group, short enough to wait for. */
const GROUP_WAIT = "300ms";
const GROUP_INTERVAL = "1s";

const routeSchema = z.looseObject({
  get routes() {
    return z.array(routeSchema).optional();
  },
});
const receiverSchema = z.looseObject({
  pagerduty_configs: z.array(z.looseObject({})).optional(),
  webhook_configs: z.array(z.looseObject({})).optional(),
});
const schema = z.looseObject({
  global: z.looseObject({}),
  route: routeSchema,
  receivers: z.array(receiverSchema),
});
type Receiver = z.infer<typeof receiverSchema>;
type Route = z.infer<typeof routeSchema>;

/**
 * Makes a configuration for a test out of the committed alertmanager.yml: the same tree, receivers and templates, but
 * everything is delivered to this machine, at once.
 *
 * @returns YAML. It expects the files `pagerduty_routing_key` and `slack_url` in the test's folder.
 */
export function testConfiguration(endpoints: Endpoints, changes: ConfigurationChanges = {}): string {
  const committed = schema.parse(parse(readFileSync(new URL("alertmanager.yml", folder), "utf8")));
  const here = `http://127.0.0.1:${endpoints.httpPort}`;
  const changed = { ...committed, ...changes };
  return stringify({
    ...changed,
    global: {
      ...committed.global,
      slack_api_url_file: `${endpoints.directory}/slack_url`,
      smtp_smarthost: `127.0.0.1:${endpoints.smtpPort}`,
      smtp_require_tls: false,
    },
    templates: [`${folder.pathname}templates/*.tmpl`],
    route: {
      ...quick(routeSchema.parse(changed.route)),
      group_wait: GROUP_WAIT,
      group_interval: GROUP_INTERVAL,
    },
    receivers: committed.receivers.map((receiver) => deliverTo(receiver, here, endpoints.directory)),
  });
}

/** Drops the times of a route and of those below it, so that they take over the root's. */
function quick({ group_wait: _wait, group_interval: _interval, routes, ...rest }: Route): object {
  return { ...rest, ...(routes && { routes: routes.map((route) => quick(route)) }) };
}

function deliverTo(receiver: Receiver, here: string, directory: string): object {
  const webhooks = receiver.webhook_configs?.map((each) =>
    Object.assign({}, each, { url: `${here}/watchdog` }),
  );
  const pages = receiver.pagerduty_configs?.map((each) =>
    Object.assign({}, each, {
      url: `${here}/v2/enqueue`,
      routing_key_file: `${directory}/pagerduty_routing_key`,
    }),
  );
  return {
    ...receiver,
    ...(webhooks && { webhook_configs: webhooks }),
    ...(pages && { pagerduty_configs: pages }),
  };
}
