import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPrometheus } from "./prometheus.ts";

/** A real server on a port of its own: that the wire works is the point here. */
async function serving(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, prometheus: createPrometheus(url) };
}

const answering = (body: unknown, status = 200) =>
  serving((_request, response) => response.writeHead(status).end(JSON.stringify(body)));

describe("a query", () => {
  it("gives labels and values", async () => {
    let asked = "";
    const { prometheus } = await serving((request, response) => {
      request.on("data", (chunk) => (asked += String(chunk)));
      request.on("end", () => {
        const result = [
          { metric: { job: "a" }, value: [1795252605.5, "0.5"] },
          { metric: { job: "b" }, value: [1795252605.5, "+Inf"] },
        ];
        response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
      });
    });
    expect(await prometheus.query("up == 1")).toEqual([
      { labels: { job: "a" }, value: 0.5 },
      { labels: { job: "b" }, value: Number.NaN },
    ]);
    expect(asked).toBe("query=up+%3D%3D+1");
  });

  it("names the status that it did not like", async () => {
    const { prometheus, url } = await answering({}, 503);
    await expect(prometheus.query("up")).rejects.toThrow(`${url} answered 503 to /api/v1/query`);
  });

  it("says that somebody else listens there", async () => {
    const { prometheus, url } = await answering({ hello: "world" });
    await expect(prometheus.query("up")).rejects.toThrow(
      `${url} is not a Prometheus: its answer to /api/v1/query has another form`,
    );
  });

  it("does not swallow an answer without end", async () => {
    const { prometheus } = await serving((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    await expect(prometheus.query("up")).rejects.toThrow("answered more than 8388608 bytes");
  });

  it("says that nothing listens there", async () => {
    await expect(createPrometheus("http://127.0.0.1:1").query("up")).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1 (refuses connections: nothing listens there|cannot be reached: bad port)$/,
    );
  });
});

it("lists the active alerts", async () => {
  const { prometheus } = await answering({
    status: "success",
    data: {
      alerts: [
        {
          labels: { alertname: "A" },
          annotations: {},
          state: "firing",
          activeAt: "2026-11-21T12:00:00.5Z",
          value: "1e+00",
        },
      ],
    },
  });
  expect(await prometheus.alerts()).toEqual([
    {
      labels: { alertname: "A" },
      annotations: {},
      state: "firing",
      activeAt: new Date("2026-11-21T12:00:00.500Z"),
    },
  ]);
});
