import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { portsAt } from "../ports.ts";
import { deriveAlertmanager } from "./alertmanager.ts";
import { hostsAt } from "./hosts.ts";

const context = { hosts: hostsAt(portsAt(100), []), timeScale: 60, secretsDirectory: "/state/secrets" };
const mount = "/etc/alertmanager/secrets";

const source = {
  global: {
    resolve_timeout: "5m",
    slack_api_url_file: `${mount}/slack_url`,
    smtp_smarthost: "smtp.example.com:587",
    smtp_from: "alerts@example.com",
    smtp_auth_username: "alerts",
    smtp_auth_password_file: `${mount}/smtp_password`,
    smtp_require_tls: true,
  },
  templates: ["templates/*.tmpl"],
  route: {
    receiver: "pager",
    group_by: ["service"],
    group_interval: "5m",
    routes: [{ receiver: "pager", group_wait: "0s", repeat_interval: "1h", continue: true }],
  },
  time_intervals: [
    { name: "night", time_intervals: [{ times: [{ start_time: "09:00", end_time: "09:30" }] }] },
  ],
  receivers: [
    { name: "switch", webhook_configs: [{ url: "http://console:8080/watchdog", send_resolved: false }] },
    {
      name: "pager",
      pagerduty_configs: [
        { routing_key_file: `${mount}/pagerduty_routing_key`, client_url: "{{ .ExternalURL }}" },
      ],
      slack_configs: [{ channel: "#a", actions: [{ type: "button", url: "{{ .ExternalURL }}" }] }],
    },
  ],
};

describe("the derived Alertmanager configuration", () => {
  it("sends everything to the console, without accounts", () => {
    const { config } = deriveAlertmanager(source, context);
    expect(config.global).toEqual({
      resolve_timeout: "5s",
      slack_api_url_file: "/state/secrets/slack_url",
      pagerduty_url: "http://127.0.0.1:8180/v2/enqueue",
      smtp_smarthost: "127.0.0.1:8125",
      smtp_from: "alerts@example.com",
      smtp_require_tls: false,
    });
    expect(config.receivers[0]).toEqual({
      name: "switch",
      webhook_configs: [{ url: "http://127.0.0.1:8180/watchdog", send_resolved: false }],
    });
  });

  it("keeps secrets in files, with the console's address where Slack's would be", () => {
    const { config, secrets } = deriveAlertmanager(source, context);
    expect(config.receivers[1]).toMatchObject({
      pagerduty_configs: [{ routing_key_file: "/state/secrets/pagerduty_routing_key" }],
    });
    expect([...secrets]).toEqual([
      ["pagerduty_routing_key", "local-pagerduty_routing_key"],
      ["slack_url", "http://127.0.0.1:8180/services/T0/B0/local"],
    ]);
  });

  it("divides the pipeline's intervals by the time scale, none under one second, and leaves 'at once' alone", () => {
    expect(deriveAlertmanager(source, context).config["route"]).toEqual({
      receiver: "pager",
      group_by: ["service"],
      group_interval: "5s",
      routes: [{ receiver: "pager", group_wait: "0s", repeat_interval: "1m", continue: true }],
    });
    const faster = { ...source, route: { receiver: "pager", group_wait: "10s" } };
    expect(deriveAlertmanager(faster, context).config["route"]).toEqual({
      receiver: "pager",
      group_wait: "1s",
    });
  });

  it("leaves times of day, templates and links as they are", () => {
    const { config } = deriveAlertmanager(source, context);
    expect(config["time_intervals"]).toEqual(source.time_intervals);
    expect(config["templates"]).toEqual(source.templates);
    expect(config.receivers[1]).toMatchObject({
      pagerduty_configs: [{ client_url: "{{ .ExternalURL }}" }],
      slack_configs: [{ actions: [{ url: "{{ .ExternalURL }}" }] }],
    });
  });

  it("refuses a webhook to a host that is not of the stack", () => {
    const receivers = [{ name: "x", webhook_configs: [{ url: "http://elsewhere:80/hook" }] }];
    expect(() => deriveAlertmanager({ ...source, receivers }, context)).toThrow(
      'webhook_configs: got the unknown host "elsewhere',
    );
  });

  it("refuses a secret outside the mount, for it would read a real one", () => {
    const global = { slack_api_url_file: "/etc/slack" };
    expect(() => deriveAlertmanager({ ...source, global }, context)).toThrow(
      'slack_api_url_file: got "/etc/slack", want a file in /etc/alertmanager/secrets',
    );
  });

  it("can be made of the hand-written file", () => {
    const file = new URL("../../alertmanager/alertmanager.yml", import.meta.url);
    const { secrets } = deriveAlertmanager(parse(readFileSync(file, "utf8"), { merge: true }), context);
    expect([...secrets.keys()].toSorted()).toEqual(["pagerduty_routing_key", "slack_url"]);
  });
});
