import { describe, expect, it } from "vitest";
import { nodeEnvironment } from "../../../services/topology.ts";
import { compileCache } from "../../../services/compile-cache.ts";
import { portsAt } from "../ports.ts";
import { components } from "./components.ts";
import { notRunning } from "./not-running.ts";
import type { Plan } from "./plan.ts";

const complete = {
  prometheus: "/bin/prometheus",
  promtool: "/bin/promtool",
  alertmanager: "/bin/alertmanager",
  amtool: "/bin/amtool",
  nodeExporter: "/bin/node_exporter",
  blackboxExporter: "/bin/blackbox_exporter",
};
const plan: Plan = {
  ports: portsAt(100),
  toolbox: complete,
  stateDirectory: "/state",
  timeScale: 1,
  profile: "default",
};

function find(name: string, changes: Partial<Plan> = {}) {
  const found = components({ ...plan, ...changes }).find((component) => component.name === name);
  if (found === undefined) throw new RangeError(`there is no component ${name}`);
  return found;
}

describe("the components of a stack", () => {
  it("each stand behind those that they wait for", () => {
    const list = components(plan);
    for (const [index, { after }] of list.entries()) {
      const earlier = new Set(list.slice(0, index).map(({ name }) => name));
      expect(after.filter((name) => !earlier.has(name))).toEqual([]);
    }
  });

  it("listen on different ports, all moved by the offset", () => {
    const ports = components(plan).flatMap((component) => component.ports.map(([, port]) => port));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports).toContain(8180);
    expect(ports.every((port) => port >= 8125)).toBe(true);
  });

  it("listen on this machine only", () => {
    const text = JSON.stringify(components(plan));
    expect(text).not.toContain("0.0.0.0");
    expect(find("order").env).toMatchObject({ HOST: "127.0.0.1", ADMIN_HOST: "127.0.0.1" });
    expect(find("prometheus").args).toContain("--web.listen-address=127.0.0.1:9190");
    expect(find("alertmanager").args).toContain("--web.listen-address=127.0.0.1:9193");
  });

  it("know their neighbours", () => {
    expect(find("order", { seed: 7, profile: "reference" }).env).toEqual({
      ...nodeEnvironment,
      HOST: "127.0.0.1",
      PORT: "8181",
      ADMIN_HOST: "127.0.0.1",
      ADMIN_PORT: "9181",
      SHUTDOWN_DEADLINE: "5s",
      NODE_COMPILE_CACHE: compileCache,
      SEED: "7",
      PROFILE: "reference",
      USER_URL: "http://127.0.0.1:8183",
      PAYMENT_URL: "http://127.0.0.1:8182",
    });
    expect(find("user").env).not.toHaveProperty("SEED");
    expect(find("loadgen", { rps: 50 })).toMatchObject({
      env: { ORDER_URL: "http://127.0.0.1:8181", RPS: "50" },
      after: ["order", "payment", "user"],
    });
  });

  it("take a benchmark's settings on top of their own", () => {
    const environment = { loadgen: { BURSTS: "off", RPS: "5" } };
    expect(find("loadgen", { rps: 50, environment }).env).toMatchObject({ BURSTS: "off", RPS: "5" });
    expect(find("order", { environment }).env).not.toHaveProperty("BURSTS");
  });

  it("tell the console how fast time passes and what is not there", () => {
    const { env } = find("console", { timeScale: 60 });
    expect(env).toMatchObject({ TIME_SCALE: "60", STACK_NOTE: "Not running here: Grafana, Loki, Alloy." });
  });

  it("tell the console what went wrong in the past of its own time scale", () => {
    const incidentsOf = (timeScale: number) => find("console", { timeScale }).env["INCIDENTS_FILE"];
    expect(incidentsOf(1)).toBe("/state/history/incidents.json");
    expect(incidentsOf(60)).toBe("/state/history-x60/incidents.json");
  });

  it("keep 1.5 windows of history, and data of different time scales apart", () => {
    expect(find("prometheus").args).toEqual([
      "--config.file=/state/configuration/prometheus/prometheus.yml",
      "--storage.tsdb.path=/state/prometheus",
      "--storage.tsdb.retention.time=45d",
      "--web.listen-address=127.0.0.1:9190",
      "--web.external-url=http://127.0.0.1:9190",
    ]);
    expect(find("prometheus", { timeScale: 60 }).args).toEqual(
      expect.arrayContaining([
        "--storage.tsdb.path=/state/prometheus-x60",
        "--query.lookback-delta=6s",
        "--rules.alert.resend-delay=5s",
        "--rules.alert.for-grace-period=10s",
      ]),
    );
    expect(find("prometheus", { timeScale: 2 }).args).toContain("--query.lookback-delta=2m30s");
    expect(find("alertmanager", { timeScale: 60 }).args).toContain("--storage.path=/state/alertmanager-x60");
  });

  it("include Loki where it is, whose address the console is told", () => {
    const toolbox = { ...complete, loki: "/bin/loki" };
    expect(find("loki", { toolbox })).toMatchObject({
      command: "/bin/loki",
      args: ["-config.file=/state/configuration/loki/loki.yml"],
      readyUrl: "http://127.0.0.1:3200/ready",
    });
    expect(find("console", { toolbox }).env).toMatchObject({
      LOKI_URL: "http://127.0.0.1:3200",
      STACK_NOTE: "Not running here: Grafana, Alloy.",
    });
    expect(find("console").env).not.toHaveProperty("LOKI_URL");
  });

  it("do without exporters that are not on the machine", () => {
    const { nodeExporter: _, blackboxExporter: __, ...toolbox } = complete;
    expect(components({ ...plan, toolbox }).map(({ name }) => name)).toEqual([
      "order",
      "payment",
      "user",
      "loadgen",
      "prometheus",
      "alertmanager",
      "console",
    ]);
    expect(notRunning(toolbox).map(({ title }) => title)).toEqual([
      "node exporter",
      "blackbox exporter",
      "Grafana",
      "Loki",
      "Alloy",
    ]);
  });
});
