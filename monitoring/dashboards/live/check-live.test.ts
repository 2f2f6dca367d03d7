import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkLive } from "./check-live.ts";

const many = Array.from({ length: 25 }, () => ({}));
const answers: Readonly<Record<string, unknown>> = {
  up: { status: "success", data: { result: [{}] } },
  nothing: { status: "success", data: { result: [] } },
  many: { status: "success", data: { result: many } },
  broken: { status: "error", error: "parse error" },
};

/** A Prometheus that knows four queries, and the values of one label. */
async function prometheus(): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const query = new URLSearchParams(body).get("query") ?? "";
      paths.push(`${request.url?.split("?")[0] ?? ""} ${query}`);
      const answer = request.method === "GET" ? { status: "success", data: ["order"] } : answers[query];
      response.end(JSON.stringify(answer));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

function dashboard(targets: readonly object[], more: object = {}) {
  const datasource = { type: "prometheus", uid: "prometheus" };
  return {
    uid: "broken",
    title: "Broken",
    time: { from: "now-1h", to: "now" },
    templating: { list: [] },
    annotations: { list: [] },
    panels: targets.map((target, index) => ({
      id: index + 1,
      type: "timeseries",
      title: `Panel ${index + 1}`,
      gridPos: { x: 0, y: index, w: 1, h: 1 },
      targets: [{ refId: "A", datasource, ...target }],
    })),
    ...more,
  };
}

describe("the live check", () => {
  it("names every query that fails, gives nothing, or gives too many lines", async () => {
    const { url } = await prometheus();
    const queries = [{ expr: "up" }, { expr: "nothing" }, { expr: "many" }, { expr: "broken" }];
    expect(await checkLive([dashboard(queries)], { prometheusUrl: url })).toEqual([
      'broken, "Panel 2", query A is empty: nothing',
      'broken, "Panel 3", query A has 25 lines. Show the worst, or group them',
      'broken, "Panel 4", query A fails: parse error',
    ]);
  });

  it("asks for one moment or for the whole time, as the panel would", async () => {
    const { url, paths } = await prometheus();
    await checkLive([dashboard([{ expr: "up" }, { expr: "up", instant: true }])], { prometheusUrl: url });
    expect(paths.toSorted()).toEqual(["/api/v1/query up", "/api/v1/query_range up"]);
  });

  it("excuses an empty panel that is on the list", async () => {
    const { url } = await prometheus();
    const excused = dashboard([{ expr: "nothing" }], { uid: "infrastructure" });
    excused.panels.forEach((panel) => (panel.title = "Periods throttled"));
    expect(await checkLive([excused], { prometheusUrl: url })).toEqual([]);
  });

  it("names annotations that fail, and variables without the value that is chosen", async () => {
    const { url } = await prometheus();
    const datasource = { type: "prometheus", uid: "prometheus" };
    const variable = {
      name: "service",
      type: "query",
      query: "",
      definition: "label_values(up, service)",
      current: { value: "orders" },
    };
    const broken = dashboard([], {
      annotations: { list: [{ name: "Pages", expr: "broken", datasource }] },
      templating: { list: [variable] },
    });
    expect(await checkLive([broken], { prometheusUrl: url })).toEqual([
      "broken, annotation Pages fails: parse error",
      "broken, variable service: there is no orders, only order",
    ]);
  });
});
