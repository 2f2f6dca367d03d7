import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOOPBACK, localUrl } from "../ports.ts";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { until } from "../until.ts";
import { followFile } from "./follow.ts";
import { pushBody, type PushBody } from "./push-body.ts";
import { shipLogs } from "./ship-logs.ts";

const SOON = 10_000;
const line = (fields: object): string =>
  JSON.stringify({ level: "info", time: "2026-11-21T12:04:31.500Z", ...fields });

describe("following a log", () => {
  it("gives whole lines as they come, and begins anew when the file was emptied or was not there", () => {
    const file = path.join(temporaryDirectory(), "order.log");
    const read = followFile(file);
    expect(read()).toEqual([]);
    writeFileSync(file, "one\ntw");
    expect(read()).toEqual(["one"]);
    appendFileSync(file, "o\n");
    expect(read()).toEqual(["two"]);
    expect(read()).toEqual([]);
    truncateSync(file);
    appendFileSync(file, "ä\n");
    expect(read()).toEqual(["ä"]);
  });
});

describe("what Loki is told", () => {
  it("labels lines by service and level, and keeps what differs by request out of the labels", () => {
    const first = line({ trace_id: "4bf9", request_id: "r1", status: 500 });
    const second = line({ level: "error" });
    const lines = [first, second, "Segmentation fault"].map((text) => ({
      service: "order",
      line: text,
      readAt: 7,
    }));
    expect(pushBody(lines)).toEqual({
      streams: [
        {
          stream: { service: "order", level: "info" },
          values: [["1795262671500000000", first, { trace_id: "4bf9", request_id: "r1" }]],
        },
        { stream: { service: "order", level: "error" }, values: [["1795262671500000000", second, {}]] },
        { stream: { service: "order" }, values: [["7000000", "Segmentation fault", {}]] },
      ],
    });
  });
});

/** A Loki that answers as it is told to, and keeps what it was sent. */
async function fakeLoki(answer: (attempt: number) => number) {
  const bodies: PushBody[] = [];
  let attempts = 0;
  const server = createServer((request, response: ServerResponse) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const status = answer((attempts += 1));
      if (status === 204) bodies.push(JSON.parse(text) as PushBody);
      response.writeHead(status).end(status === 204 ? "" : "entry too far behind");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  onTestFinished(() => void server.close());
  const lines = (): string[] =>
    bodies.flatMap(({ streams }) => streams.flatMap(({ values }) => values.map(([, text]) => text)));
  return { url: localUrl((server.address() as AddressInfo).port), lines, attempts: () => attempts };
}

async function ship(lokiUrl: string, file: string) {
  const end = new AbortController();
  const said: string[] = [];
  const options = { lokiUrl, files: new Map([["order", file]]), signal: end.signal, pauseMs: 5 };
  const shipped = shipLogs({ ...options, say: (text) => void said.push(text) });
  const stop = async (): Promise<void> => {
    end.abort();
    await shipped;
  };
  onTestFinished(stop);
  return { said, stop };
}

describe("shipping logs", () => {
  it("sends each line once, and what was written last before it stops", async () => {
    const file = path.join(temporaryDirectory(), "order.log");
    const loki = await fakeLoki(() => 204);
    const { said, stop } = await ship(loki.url, file);
    writeFileSync(file, "one\n");
    await until(() => loki.lines().length > 0, SOON);
    appendFileSync(file, "two\n");
    await stop();
    expect(loki.lines()).toEqual(["one", "two"]);
    expect(said).toEqual([]);
  });

  it("keeps lines while Loki is away, and says so once", async () => {
    const file = path.join(temporaryDirectory(), "order.log");
    writeFileSync(file, "one\n");
    const loki = await fakeLoki((attempt) => (attempt <= 3 ? 503 : 204));
    const { said } = await ship(loki.url, file);
    await until(() => loki.lines().length > 0, SOON);
    expect(loki.lines()).toEqual(["one"]);
    expect(said).toEqual(["Logs are not stored: Loki answers 503: entry too far behind."]);
  });

  it("drops lines that Loki refuses for good, and goes on", async () => {
    const file = path.join(temporaryDirectory(), "order.log");
    writeFileSync(file, "old\n");
    const loki = await fakeLoki((attempt) => (attempt === 1 ? 400 : 204));
    const { said } = await ship(loki.url, file);
    await until(() => loki.attempts() > 0, SOON);
    appendFileSync(file, "new\n");
    await until(() => loki.lines().length > 0, SOON);
    expect(loki.lines()).toEqual(["new"]);
    expect(said).toEqual(["Logs are not stored: Loki answers 400: entry too far behind."]);
  });
});
