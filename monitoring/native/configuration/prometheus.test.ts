import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { portsAt } from "../ports.ts";
import { hostsAt } from "./hosts.ts";
import { derivePrometheus } from "./prometheus.ts";

const source = {
  global: {
    scrape_interval: "15s",
    scrape_timeout: "10s",
    evaluation_interval: "15s",
    external_labels: { a: "b" },
  },
  rule_files: ["rules/*.yml"],
  alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] },
  scrape_configs: [
    {
      job_name: "application-services",
      scrape_interval: "5s",
      scrape_timeout: "4s",
      sample_limit: 10,
      static_configs: [
        { targets: ["order:8081"], labels: { service: "order" } },
        { targets: ["payment:8082", "user:8083"] },
      ],
    },
    { job_name: "node-exporter", static_configs: [{ targets: ["node-exporter:9100"] }] },
    {
      job_name: "blackbox-http",
      static_configs: [{ targets: ["order:8081"] }],
      relabel_configs: [
        { source_labels: ["__address__"], target_label: "__param_target", replacement: "http://$1/healthz" },
        { target_label: "__address__", replacement: "blackbox-exporter:9115" },
      ],
    },
  ],
};

const complete = hostsAt(portsAt(100), []);

describe("the derived Prometheus configuration", () => {
  it("finds every target on this machine and keeps its production address as the instance", () => {
    const { config, leftOut } = derivePrometheus(source, complete, 1);
    expect(leftOut).toEqual([]);
    expect(config.scrape_configs[0]).toEqual({
      job_name: "application-services",
      scrape_interval: "5s",
      scrape_timeout: "4s",
      sample_limit: 10,
      static_configs: [
        { targets: ["127.0.0.1:8181"], labels: { instance: "order:8081", service: "order" } },
        { targets: ["127.0.0.1:8182"], labels: { instance: "payment:8082" } },
        { targets: ["127.0.0.1:8183"], labels: { instance: "user:8083" } },
      ],
    });
    expect(config.alerting.alertmanagers).toEqual([
      { static_configs: [{ targets: ["127.0.0.1:9193"], labels: { instance: "alertmanager:9093" } }] },
    ]);
    expect(config.scrape_configs[2]?.relabel_configs?.[1]).toEqual({
      target_label: "__address__",
      replacement: "127.0.0.1:9215",
    });
  });

  it("leaves what it does not know as it is", () => {
    const { config } = derivePrometheus(source, complete, 60);
    expect(config).toMatchObject({ rule_files: ["rules/*.yml"], global: { external_labels: { a: "b" } } });
    expect(config.scrape_configs[2]?.relabel_configs?.[0]).toEqual(
      source.scrape_configs[2]?.relabel_configs?.[0],
    );
  });

  it("divides every interval by the time scale, none under one second and no timeout above its interval", () => {
    const { config } = derivePrometheus(source, complete, 4);
    expect(config.global).toMatchObject({
      scrape_interval: "3s750ms",
      scrape_timeout: "2s500ms",
      evaluation_interval: "3s750ms",
    });
    expect(config.scrape_configs[0]).toMatchObject({ scrape_interval: "1s250ms", scrape_timeout: "1s" });
    const shortest = derivePrometheus(source, complete, 60).config;
    expect(shortest.global).toMatchObject({
      scrape_interval: "1s",
      scrape_timeout: "1s",
      evaluation_interval: "1s",
    });
  });

  it("leaves out and names the jobs whose exporter does not run here", () => {
    const hosts = hostsAt(portsAt(0), ["nodeExporter", "blackboxExporter"]);
    const { config, leftOut } = derivePrometheus(source, hosts, 1);
    expect(leftOut).toEqual(["node-exporter", "blackbox-http"]);
    expect(config.scrape_configs.map((job) => job.job_name)).toEqual(["application-services"]);
  });

  it("refuses a host that is not of the stack, by name and place", () => {
    const job = { job_name: "shop", static_configs: [{ targets: ["shop:80"] }] };
    expect(() => derivePrometheus({ ...source, scrape_configs: [job] }, complete, 1)).toThrow(
      'job shop: got the unknown host "shop:80", want one of order:8081, payment:8082, user:8083, loadgen:8090, ' +
        "console:8080, console:8025, prometheus:9090, alertmanager:9093, loki:3100, node-exporter:9100, blackbox-exporter:9115",
    );
    const probe = { ...job, static_configs: [], relabel_configs: [{ replacement: "prober:1" }] };
    const probed = { ...probe, static_configs: [{ targets: ["order:8081"] }] };
    expect(() => derivePrometheus({ ...source, scrape_configs: [probed] }, complete, 1)).toThrow(
      'job shop: got the unknown host "prober:1"',
    );
  });

  it("refuses an interval that is none", () => {
    const global = { ...source.global, scrape_interval: "often" };
    expect(() => derivePrometheus({ ...source, global }, complete, 1)).toThrow(
      'got "often", want a duration such as 5m or 1h30m',
    );
  });

  it("can be made of the hand-written file", () => {
    const file = new URL("../../prometheus/prometheus.yml", import.meta.url);
    const { config, leftOut } = derivePrometheus(parse(readFileSync(file, "utf8")), complete, 60);
    expect(leftOut).toEqual([]);
    const targets = config.scrape_configs.flatMap((job) =>
      job.static_configs.flatMap((each) => each.targets),
    );
    expect(targets.every((target) => target.startsWith("127.0.0.1:"))).toBe(true);
  });
});
