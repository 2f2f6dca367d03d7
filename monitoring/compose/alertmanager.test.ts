import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertmanagerSource, composeAlertmanager } from "./alertmanager.ts";
import { root } from "./testing/compose-file.ts";

const source = read(alertmanagerSource);
const { config, secrets } = composeAlertmanager(source);

describe("Alertmanager's configuration for docker-compose.yml", () => {
  it("is the committed one; npm run generate makes it anew", () => {
    expect(read("monitoring/generated/compose/alertmanager/alertmanager.yml")).toBe(config);
  });

  it("sends everything to the console, by its name in the network", () => {
    expect(parse(config)).toMatchObject({
      global: {
        pagerduty_url: "http://console:8080/v2/enqueue",
        slack_api_url_file: "/etc/alertmanager/secrets/slack_url",
        smtp_smarthost: "console:8025",
        smtp_require_tls: false,
      },
      receivers: expect.arrayContaining([
        {
          name: "deadmansswitch",
          webhook_configs: [{ url: "http://console:8080/watchdog", send_resolved: false }],
        },
      ]),
    });
  });

  it("finds the templates where docker-compose.yml mounts them", () => {
    expect(parse(config)).toMatchObject({ templates: ["/etc/alertmanager/templates/*.tmpl"] });
  });

  it("routes, waits and silences as the hand-written one, where 24h is spelled 1d", () => {
    const sameSpelling = source.replaceAll(/\b24h\b/g, "1d");
    const { route, inhibit_rules, time_intervals } = parse(sameSpelling, { merge: true });
    expect(parse(config)).toMatchObject({ route, inhibit_rules, time_intervals });
  });

  it("needs the secrets that are in the repository, none of which opens anything", () => {
    const folder = "monitoring/compose/secrets/alertmanager";
    const files = readdirSync(path.join(root, folder)).map(
      (name) => [name, read(`${folder}/${name}`)] as const,
    );
    const wanted = [...secrets].map(([name, secret]) => [name, `${secret}\n`]);
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(wanted));
    expect(secrets).toEqual(
      new Map([
        ["pagerduty_routing_key", "local-pagerduty_routing_key"],
        ["slack_url", "http://console:8080/services/T0/B0/local"],
      ]),
    );
  });

  it("refuses a host that docker-compose.yml does not have", () => {
    const elsewhere = source.replace("http://console:8080/watchdog", "http://elsewhere:80/watchdog");
    expect(() => composeAlertmanager(elsewhere)).toThrow(
      /^webhook_configs: got the unknown host "elsewhere"/,
    );
  });
});

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
