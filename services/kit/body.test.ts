import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readBody, readQuery } from "./body.ts";
import { pageSchema } from "./pagination.ts";
import { createRouter } from "./router.ts";
import { postJson } from "./testing.ts";

const schema = z.strictObject({
  name: z.string(),
  items: z.array(z.strictObject({ sku: z.string() })).optional(),
});

const app = createRouter([
  {
    method: "POST",
    path: "/echo",
    statuses: [200],
    handle: async (c) => ({ status: 200, body: await readBody(c, schema, 64) }),
  },
  {
    method: "GET",
    path: "/page",
    statuses: [200],
    handle: (c) => ({ status: 200, body: readQuery(c, pageSchema) }),
  },
]);

/** A body that does not announce its length. */
async function stream(...chunks: readonly (string | Error)[]): Promise<Response> {
  const body = new ReadableStream({
    pull(controller) {
      const [chunk, ...rest] = chunks;
      chunks = rest;
      if (chunk === undefined) controller.close();
      else if (chunk instanceof Error) controller.error(chunk);
      else controller.enqueue(new TextEncoder().encode(chunk));
    },
  });
  const headers = { "content-type": "application/json" };
  return app.request("/echo", { method: "POST", headers, body, duplex: "half" });
}

describe("readBody", () => {
  it("gives the parsed body", async () => {
    const response = await postJson(app, "/echo", { name: "x" });
    expect(await response.json()).toEqual({ name: "x" });
  });

  it("names every field that does not fit, and those that it does not know", async () => {
    const response = await postJson(app, "/echo", { name: 5, items: [{ sku: 1, x: 2 }], y: 3 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: "urn:problem:invalid-request",
      detail: "the body does not fit: name, items[0].sku, items[0].x, y",
      errors: [
        { path: "name", message: "Invalid input: expected string, received number" },
        { path: "items[0].sku", message: "Invalid input: expected string, received number" },
        { path: "items[0].x", message: "unknown field" },
        { path: "y", message: "unknown field" },
      ],
    });
  });

  it("refuses a body of another shape", async () => {
    const response = await postJson(app, "/echo", "[]");
    expect(await response.json()).toMatchObject({
      errors: [{ path: "body", message: "Invalid input: expected object, received array" }],
    });
  });

  it("refuses what is not JSON", async () => {
    const response = await postJson(app, "/echo", '{"name":');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: "urn:problem:malformed-json",
      detail: "the body is not JSON",
    });
    expect((await postJson(app, "/echo", "")).status).toBe(400);
  });

  it("refuses another content type", async () => {
    const response = await postJson(app, "/echo", { name: "x" }, { "content-type": "text/plain" });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ detail: 'got "text/plain", want application/json' });
  });

  it("accepts a charset and a structured suffix", async () => {
    for (const type of ["application/json; charset=utf-8", "application/merge-patch+json"]) {
      expect((await postJson(app, "/echo", { name: "x" }, { "content-type": type })).status).toBe(200);
    }
  });

  it("refuses an announced length over the limit", async () => {
    const response = await postJson(app, "/echo", { name: "x" }, { "content-length": "65" });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ detail: "the body has more than 64 bytes" });
  });

  it("stops reading a body that grows over the limit without announcing it", async () => {
    expect((await stream('{"name":"', "x".repeat(64), '"}')).status).toBe(413);
    expect((await stream('{"na', 'me":"x"}')).status).toBe(200);
  });

  it("does not blame itself for a body that breaks off", async () => {
    const response = await stream('{"name":', new Error("connection reset"));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: "the body ended before it was complete" });
  });

  it("shows at most 20 fields of a hostile body", async () => {
    const items = Array.from({ length: 50 }, () => 1);
    const response = await createRouter([
      {
        method: "POST",
        path: "/echo",
        statuses: [],
        handle: async (c) => ({ status: 200, body: await readBody(c, schema, 4096) }),
      },
    ]).request("/echo", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "x", items }),
    });
    expect(((await response.json()) as { errors: unknown[] }).errors).toHaveLength(20);
  });
});

describe("readQuery with a page", () => {
  it("defaults to the first 20", async () => {
    expect(await (await app.request("/page")).json()).toEqual({ limit: 20, offset: 0 });
  });

  it("takes limit and offset", async () => {
    expect(await (await app.request("/page?limit=100&offset=40")).json()).toEqual({ limit: 100, offset: 40 });
  });

  it("says what it wants", async () => {
    const response = await app.request("/page?limit=101&offset=-1&page=2");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: "the query string does not fit: limit, offset, page",
      errors: [
        { path: "limit", message: 'got "101", want a whole number from 1 to 100' },
        { path: "offset", message: 'got "-1", want a whole number from 0 to 1000000' },
        { path: "page", message: "unknown field" },
      ],
    });
  });
});
