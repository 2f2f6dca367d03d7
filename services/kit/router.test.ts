import { describe, expect, it } from "vitest";
import { HttpProblem } from "./errors.ts";
import { countedRoutes, createRouter } from "./router.ts";
import type { Route, Served } from "./router.ts";

const routes: Route[] = [
  {
    method: "GET",
    path: "/things/special",
    statuses: [200],
    handle: () => ({ status: 200, body: "special" }),
  },
  {
    method: "GET",
    path: "/things/{thingID}",
    statuses: [200, 404],
    handle: (c, trace) => ({ status: 200, body: { id: c.req.param("thingID"), trace: trace.traceId } }),
  },
  { method: "DELETE", path: "/things/{thingID}", statuses: [204], handle: () => ({ status: 204 }) },
  {
    method: "POST",
    path: "/things",
    statuses: [201],
    handle: () => {
      throw new HttpProblem(409, "taken", "the thing is taken", { headers: { "retry-after": "1" } });
    },
  },
  {
    method: "GET",
    path: "/broken",
    statuses: [200],
    handle: () => {
      throw new Error("the password is hunter2");
    },
  },
];

function router() {
  const served: Served[] = [];
  const app = createRouter(routes, { after: (one) => void served.push(one) });
  return { app, served };
}

describe("createRouter", () => {
  it("hands path parameters and trace to the handler", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const response = await router().app.request("/things/a%20b", { headers: { traceparent } });
    expect(await response.json()).toEqual({ id: "a b", trace: "4bf92f3577b34da6a3ce929d0e0e4736" });
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it("answers with the caller's request id", async () => {
    const response = await router().app.request("/things/1", { headers: { "x-request-id": "req-7" } });
    expect(response.headers.get("x-request-id")).toBe("req-7");
  });

  it("prefers the path that is listed first", async () => {
    expect(await (await router().app.request("/things/special")).json()).toBe("special");
  });

  it("answers HEAD as GET, without the body", async () => {
    const response = await router().app.request("/things/1", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it("answers an unknown path with 404 as a problem", async () => {
    const response = await router().app.request("/nowhere", { headers: { "x-request-id": "req-7" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: "urn:problem:not-found",
      title: "Not Found",
      status: 404,
      detail: "there is nothing at this path",
      request_id: "req-7",
    });
  });

  it("answers the wrong method with 405 and the right ones", async () => {
    const response = await router().app.request("/things/1", { method: "PUT" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("DELETE, GET, HEAD");
    expect(await response.json()).toMatchObject({ detail: "this path takes DELETE, GET, HEAD" });
  });

  it("turns a thrown problem into its answer, headers included", async () => {
    const response = await router().app.request("/things", { method: "POST" });
    expect(response.status).toBe(409);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await response.json()).toMatchObject({ type: "urn:problem:taken", detail: "the thing is taken" });
  });

  it("never shows the message of an unforeseen error", async () => {
    const response = await router().app.request("/broken", { headers: { "x-request-id": "req-7" } });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: "urn:problem:internal",
      title: "Internal Server Error",
      status: 500,
      detail: "The request failed inside the service; its log has the reason under this request id.",
      request_id: "req-7",
    });
  });

  it("reports every request once, by template and known method", async () => {
    const { app, served } = router();
    await app.request("/things/1");
    await app.request("/things/1", { method: "HEAD" });
    await app.request("/things/1", { method: "PATCH" });
    await app.request("/nowhere", { method: "POST" });
    await app.request("/nowhere", { method: "PURGE" });
    await app.request("/broken");
    expect(served.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      "GET /things/{thingID} 200",
      "GET /things/{thingID} 200",
      "OTHER /things/{thingID} 405",
      "POST unmatched 404",
      "OTHER unmatched 404",
      "GET /broken 500",
    ]);
    expect(served.at(-1)?.error).toEqual(new Error("the password is hunter2"));
  });

  it("lets `before` refuse a matched request, and does not ask it about others", async () => {
    const app = createRouter(routes, {
      before: () => {
        throw new HttpProblem(403, "no", "no");
      },
    });
    expect((await app.request("/things/1")).status).toBe(403);
    expect((await app.request("/things/1", { method: "PUT" })).status).toBe(405);
    expect((await app.request("/nowhere")).status).toBe(404);
  });
});

describe("countedRoutes", () => {
  it("adds what the router itself may answer", () => {
    expect(countedRoutes(routes.slice(1, 3))).toEqual([
      { method: "GET", path: "/things/{thingID}", statuses: [200, 404, 500, 503] },
      { method: "DELETE", path: "/things/{thingID}", statuses: [204, 500, 503] },
      { method: "OTHER", path: "/things/{thingID}", statuses: [405] },
      { method: "GET", path: "unmatched", statuses: [404] },
      { method: "POST", path: "unmatched", statuses: [404] },
      { method: "OTHER", path: "unmatched", statuses: [404] },
    ]);
  });
});
