import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createSender, errorType } from "./send.ts";
import type { RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Sender } from "./send.ts";
import type { DrawnRequest, Scenario } from "./scenarios.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function httpTarget(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return await listening(server);
}

function senderTo(url: string, timeoutMs = 5000): Sender {
  const sender = createSender({
    urls: { order: url, payment: url, user: url },
    timeoutMs,
    connections: 10,
  });
  closers.unshift(() => sender.destroy());
  return sender;
}

function start(method: Scenario["method"] = "GET", request: DrawnRequest = { path: "/api/orders" }) {
  const scenario = { service: "order", method, path: "/api/orders", weight: 1 } as const;
  return { at: 0, scenario, request };
}

describe("sending", () => {
  it("sends method, path and JSON body as drawn", async () => {
    const seen: unknown[] = [];
    const url = await httpTarget((request, response) => {
      const { method, url: path, headers } = request;
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        seen.push({ method, path, type: headers["content-type"], body });
        response.end("{}");
      });
    });
    const { send } = senderTo(url);
    await send(start("POST", { path: "/api/payments", body: { amount: 1.5 } }));
    await send(start());
    expect(seen).toEqual([
      { method: "POST", path: "/api/payments", type: "application/json", body: '{"amount":1.5}' },
      { method: "GET", path: "/api/orders", type: undefined, body: "" },
    ]);
  });

  it("takes every status for an answer", async () => {
    const statuses = [200, 402, 503];
    const url = await httpTarget((_, response) => {
      response.statusCode = statuses.shift() ?? 500;
      response.end("x".repeat(300_000));
    });
    const { send } = senderTo(url);
    expect([await send(start()), await send(start()), await send(start())]).toEqual([
      { kind: "answer", status: 200 },
      { kind: "answer", status: 402 },
      { kind: "answer", status: 503 },
    ]);
  });

  it("keeps its connections", async () => {
    const ports = new Set<number | undefined>();
    const url = await httpTarget((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    const { send } = senderTo(url);
    for (let i = 0; i < 50; i += 1) await send(start());
    // Two: an answer's end is heard a moment before its connection is free again.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe("a request without an answer", () => {
  it("is connection_refused when nobody listens", async () => {
    const server = createTcpServer();
    const url = await listening(server);
    await once(server.close(), "close");
    expect(await senderTo(url).send(start())).toEqual({ kind: "error", type: "connection_refused" });
  });

  it("is connection_reset when the connection breaks before the answer is complete", async () => {
    const url = await httpTarget((_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("only this", () => response.destroy());
    });
    expect(await senderTo(url).send(start())).toEqual({ kind: "error", type: "connection_reset" });
  });

  it("is a timeout when the target accepts and stays silent", async () => {
    const url = await httpTarget(() => {});
    expect(await senderTo(url, 100).send(start())).toEqual({ kind: "error", type: "timeout" });
  });

  it("is protocol when the answer is not HTTP", async () => {
    const server = createTcpServer((socket) => socket.end("220 mail.example ESMTP\r\n"));
    closers.push(() => server.close());
    expect(await senderTo(await listening(server)).send(start())).toEqual({
      kind: "error",
      type: "protocol",
    });
  });

  it("is given_up when this program stops first", async () => {
    const url = await httpTarget(() => {});
    const sender = senderTo(url);
    const waiting = sender.send(start());
    await sender.destroy();
    expect(await waiting).toEqual({ kind: "error", type: "given_up" });
  });

  it("is dns when the name is not known, and other when nothing else fits", () => {
    const withCode = (code: string) => Object.assign(new Error(code), { code });
    expect(errorType(withCode("ENOTFOUND"))).toBe("dns");
    expect(errorType(withCode("EMFILE"))).toBe("other");
    expect(errorType(new Error("no code"))).toBe("other");
    expect(errorType("not even an error")).toBe("other");
  });
});
