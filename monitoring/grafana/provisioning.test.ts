import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const { datasources } = parse(read("provisioning/datasources/datasources.yml"));
const { providers } = parse(read("provisioning/dashboards/dashboards.yml"));
const settings = new Map(
  read("grafana.env")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("=") as [string, string]),
);

describe("Grafana's data sources", () => {
  it("have the uids that dashboards and links name", () => {
    const found = datasources.map(({ uid, type }: Record<string, string>) => [uid, type]);
    expect(found).toEqual([
      ["prometheus", "prometheus"],
      ["loki", "loki"],
      ["alertmanager", "alertmanager"],
    ]);
  });

  it("are read-only, and asked by Grafana, not by the browser", () => {
    for (const source of datasources) expect(source).toMatchObject({ editable: false, access: "proxy" });
  });

  it("lead from a line to every line of the same trace", () => {
    expect(datasources[1].jsonData.derivedFields).toEqual([
      expect.objectContaining({
        matcherType: "label",
        matcherRegex: "trace_id",
        datasourceUid: "loki",
        url: '{service=~".+"} | trace_id="$${__value.raw}"',
      }),
    ]);
  });
});

describe("Grafana's dashboards", () => {
  it("come from the generated folder into SRE, and are changed in code only", () => {
    expect(providers).toEqual([
      expect.objectContaining({
        folder: "SRE",
        folderUid: "sre",
        allowUiUpdates: false,
        disableDeletion: true,
      }),
    ]);
    expect(providers[0].options).toEqual({ path: "/etc/grafana/dashboards" });
  });
});

describe("Grafana's settings", () => {
  it("let nobody in without a password, and have no password in them", () => {
    expect(settings.get("GF_AUTH_ANONYMOUS_ENABLED")).toBe("false");
    expect(settings.get("GF_USERS_ALLOW_SIGN_UP")).toBe("false");
    expect([...settings.keys()].filter((key) => key.includes("PASSWORD"))).toEqual([]);
  });

  it.each([
    ["GF_PLUGINS_PREINSTALL_DISABLED", "true"],
    ["GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false"],
    ["GF_PLUGINS_PLUGIN_ADMIN_ENABLED", "false"],
    ["GF_ANALYTICS_REPORTING_ENABLED", "false"],
    ["GF_ANALYTICS_CHECK_FOR_UPDATES", "false"],
    ["GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"],
    ["GF_NEWS_NEWS_FEED_ENABLED", "false"],
    ["GF_SECURITY_DISABLE_GRAVATAR", "true"],
  ])("keep Grafana from asking the network: %s=%s", (key, value) => {
    expect(settings.get(key)).toBe(value);
  });
});

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
