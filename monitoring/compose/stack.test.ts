import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { configSchema as loadgenSchema } from "../../loadgen/config.ts";
import { readConfig } from "../../services/kit/config.ts";
import { orderSchema } from "../../services/order/config.ts";
import { paymentSchema } from "../../services/payment/config.ts";
import { ports, services } from "../../services/topology.ts";
import { userSchema } from "../../services/user/config.ts";
import { consoleSchema } from "../console/config.ts";
import { readComposeFile, root } from "./testing/compose-file.ts";

const compose = readComposeFile();
const names = services.map(({ name }) => name);
const schemas: Readonly<Record<string, z.ZodObject>> = {
  order: orderSchema,
  payment: paymentSchema,
  user: userSchema,
  loadgen: loadgenSchema,
  console: consoleSchema,
};
/** Where each program listens inside its container; only what the others ask is listed. */
const listens: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(services.map(({ name, port, adminPort }) => [name, [port, adminPort]])),
  console: [ports.console, ports.consoleSmtp],
  loadgen: [ports.loadgen, ports.loadgenAdmin],
  prometheus: [ports.prometheus],
  alertmanager: [ports.alertmanager],
  loki: [ports.loki],
  "node-exporter": [ports.nodeExporter],
  "blackbox-exporter": [ports.blackboxExporter],
};

describe("docker-compose.yml", () => {
  it("runs the whole stack", () => {
    const others = [
      "history",
      "loadgen",
      "console",
      "prometheus",
      "alertmanager",
      "grafana",
      "loki",
      "alloy",
    ];
    expect(Object.keys(compose.services).toSorted()).toEqual(
      [...names, ...others, "node-exporter", "blackbox-exporter"].toSorted(),
    );
  });

  it.each(services)(
    "builds and connects $name as the topology says",
    ({ name, main, port, adminPort, dependsOn }) => {
      const service = compose.services[name];
      expect(service?.build?.args).toEqual({ APP: path.dirname(main), PORT: String(port) });
      expect(service?.ports).toEqual([`127.0.0.1:${port}:${port}`, `127.0.0.1:${adminPort}:${adminPort}`]);
      const urls = Object.entries(service?.environment ?? {}).filter(([key]) => key.endsWith("_URL"));
      const wanted = dependsOn.map((each) => [
        `${each.toUpperCase()}_URL`,
        `http://${each}:${listens[each]?.[0]}`,
      ]);
      expect(Object.fromEntries(urls)).toEqual(Object.fromEntries(wanted));
    },
  );

  it.each([
    ["loadgen", "loadgen", [ports.loadgen, ports.loadgenAdmin]],
    ["console", "monitoring/console", [ports.console]],
  ] as const)("builds %s and publishes its ports", (name, app, published) => {
    expect(compose.services[name]?.build?.args).toEqual({ APP: app, PORT: String(published[0]) });
    expect(compose.services[name]?.ports).toEqual(published.map((port) => `127.0.0.1:${port}:${port}`));
  });

  it.each(Object.entries(schemas))("gives %s an environment that it knows and accepts", (name, schema) => {
    const environment = compose.services[name]?.environment ?? {};
    const known = new Set([...Object.keys(schema.shape), "TZ", "NODE_OPTIONS"]);
    expect(Object.keys(environment).filter((key) => !known.has(key))).toEqual([]);
    expect(readConfig(schema, environment)).toMatchObject({ HOST: "0.0.0.0" });
  });

  it("names every program's own log file, which Alloy takes the label `service` from", () => {
    for (const name of Object.keys(schemas)) {
      expect(compose.services[name]?.environment["LOG_FILE"]).toBe(`/var/log/burnrate/${name}.log`);
    }
  });

  it("starts nothing before what it needs is healthy", () => {
    for (const [name, { depends_on: needs }] of Object.entries(compose.services)) {
      for (const [other, { condition }] of Object.entries(needs)) {
        const wanted = other === "history" ? "service_completed_successfully" : "service_healthy";
        expect(`${name} waits for ${other}: ${condition}`).toBe(`${name} waits for ${other}: ${wanted}`);
        expect(compose.services).toHaveProperty([other]);
      }
    }
  });

  it("makes no service wait for another, so that a start takes two steps", () => {
    for (const name of [...names, "alertmanager"]) expect(compose.services[name]?.depends_on).toEqual({});
  });

  it("sends no request before every service is healthy, and no alert before somebody hears it", () => {
    const waits = (name: string): string[] => Object.keys(compose.services[name]?.depends_on ?? {});
    expect(waits("loadgen")).toEqual(expect.arrayContaining(names));
    expect(waits("prometheus")).toEqual(expect.arrayContaining([...names, "alertmanager", "console"]));
  });

  it("draws the past at the rate that the load generator goes on with", () => {
    const { history, loadgen } = readComposeFile({ RPS: "5.5" }).services;
    expect(history?.command?.slice(-2)).toEqual(["--rps", "5.5"]);
    expect(loadgen?.environment["RPS"]).toBe("5.5");
  });

  it("lets everything that is named in a configuration be found, on a network that both are in", () => {
    expect(Object.keys(compose.networks)).toEqual(["backend", "monitoring"]);
    expect(compose.services["prometheus"]?.networks).toEqual(["backend", "monitoring"]);
    for (const [from, address] of addresses()) {
      const [host = "", port] = address.split(":");
      const shared = compose.services[host]?.networks.filter((network) => networksOf(from).includes(network));
      expect({ from, address, shared: (shared ?? []).length > 0 }).toEqual({ from, address, shared: true });
      expect(listens[host]?.includes(Number(port)), `${from} is told of ${address}`).toBe(true);
    }
  });
});

function networksOf(name: string): readonly string[] {
  return compose.services[name]?.networks ?? [];
}

/** Every `host:port` of the stack that a program is told, with the program's name. */
function addresses(): [from: string, address: string][] {
  const files: readonly (readonly [from: string, file: string])[] = [
    ["prometheus", "monitoring/prometheus/prometheus.yml"],
    ["alertmanager", "monitoring/generated/compose/alertmanager/alertmanager.yml"],
    ["grafana", "monitoring/grafana/provisioning/datasources/datasources.yml"],
  ];
  const texts = [
    ...files.map(([from, file]) => [from, JSON.stringify(parse(read(file)))] as const),
    ["alloy", read("monitoring/alloy/config.alloy")] as const,
    ...Object.entries(compose.services).map(
      ([name, { environment }]) => [name, JSON.stringify(environment)] as const,
    ),
  ];
  const hosts = Object.keys(compose.services).join("|");
  const address = new RegExp(String.raw`(?<=["/])(?:${hosts}):\d+`, "g");
  // The blackbox exporter is told by Prometheus, and the console by a person.
  const asked = services.flatMap(({ name, port }): [string, string][] => [
    ["blackbox-exporter", `${name}:${port}`],
    ["console", `${name}:${port}`],
  ]);
  const told = texts.flatMap(([from, text]) =>
    [...text.matchAll(address)].map(([found]): [string, string] => [from, found]),
  );
  return [...asked, ...told];
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
