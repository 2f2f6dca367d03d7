import { describe, expect, it } from "vitest";
import { postJson, sendNonsense, seriesOf, testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";
import type { TestDepsOptions } from "../kit/testing.ts";

const day = { peakHour: 12, dayLength: 86_400_000 };

function user(options: TestDepsOptions = {}) {
  const deps = testDeps(options);
  const app = createApp(deps, day);
  const get = async (path: string) => {
    const response = await app.request(path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const metrics = async () => deps.registry.metrics();
  return { ...deps, app, get, metrics };
}

describe("the user service", () => {
  it("has usr-100 to usr-149 from the start", async () => {
    const { get } = user();
    expect(await get("/api/users/usr-100")).toEqual({
      status: 200,
      body: {
        id: "usr-100",
        name: "User 100",
        email: "user100@example.com",
        status: "active",
        created_at: "2026-01-01T00:00:00.000Z",
      },
    });
    expect((await get("/api/users/usr-149")).status).toBe(200);
    expect((await get("/api/users/usr-150")).status).toBe(404);
    expect((await get("/api/users?limit=2")).body).toMatchObject({
      users: [{ id: "usr-100" }, { id: "usr-101" }],
      total: 50,
      limit: 2,
      offset: 0,
    });
  });

  it("creates a user, who can be looked up and validated", async () => {
    const { app, get } = user();
    const response = await postJson(app, "/api/users", { name: "Ada", email: "ada@example.com" });
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe("/api/users/usr-150");
    expect((await get("/api/users/usr-150")).body).toMatchObject({ name: "Ada", status: "active" });
    expect((await get("/api/users/validate?user_id=usr-150")).body).toEqual({
      user_id: "usr-150",
      valid: true,
    });
  });

  it("stores nothing of a user that it refuses", async () => {
    const { app, get } = user();
    for (const body of [{ name: "Ada" }, { name: "", email: "a@b.cd" }, { name: "Ada", email: "x" }, "{"]) {
      expect((await postJson(app, "/api/users", body)).status).toBe(400);
    }
    expect((await get("/api/users")).body).toMatchObject({ total: 50 });
  });

  it("validates users: 404 for an unknown one, 400 for what is no user id", async () => {
    const { get } = user();
    expect((await get("/api/users/validate?user_id=usr-999")).status).toBe(404);
    expect(await get("/api/users/validate?user_id=ada")).toMatchObject({
      status: 400,
      body: { errors: [{ path: "user_id", message: "want a user id, such as usr-100" }] },
    });
    expect((await get("/api/users/validate")).status).toBe(400);
  });

  it("asks the cache first, and the database only on a miss", async () => {
    const { get, metrics } = user();
    await get("/api/users/usr-100");
    expect(await metrics()).toContain('cache_hits_total{result="hit"} 1\ncache_hits_total{result="miss"} 0');
    expect(await metrics()).toContain("user_db_query_duration_seconds_count 0");
    await get("/api/users/usr-999");
    expect(await metrics()).toContain('cache_hits_total{result="hit"} 1\ncache_hits_total{result="miss"} 1');
    expect(await metrics()).toContain("user_db_query_duration_seconds_count 1");
  });

  it("signs users in, and treats an unknown user as a wrong password", async () => {
    const { app, metrics } = user();
    const signIn = async (user_id: string) =>
      postJson(app, "/api/users/auth", { user_id, password: "secret" });
    const accepted = await signIn("usr-100");
    expect(accepted.status).toBe(200);
    expect(await accepted.json()).toEqual({
      user_id: "usr-100",
      token: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      expires_in: 3600,
    });
    const refused = await signIn("usr-999");
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ detail: "the user or the password is wrong" });
    expect(await metrics()).toContain('user_auth_attempts_total{result="success"} 1');
    expect(await metrics()).toContain('user_auth_attempts_total{result="invalid_credentials"} 1');
  });

  it("never writes a password to the log", async () => {
    const { app, lines } = user();
    await postJson(app, "/api/users/auth", { user_id: "usr-100", password: "hunter2" });
    await postJson(app, "/api/users/auth", { user_id: "usr-100", password: "hunter2", extra: 1 });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain("hunter2");
  });

  it("counts requests by operation, malformed ones aside", async () => {
    const { app, get, metrics } = user();
    await get("/api/users");
    await get("/api/users?x=1");
    await postJson(app, "/api/users/auth", { user_id: "usr-100", password: "x" });
    expect(await metrics()).toContain('user_requests_total{operation="list"} 1');
    expect(await metrics()).toContain('user_requests_total{operation="auth"} 1');
    expect(await metrics()).toContain('user_requests_total{operation="get"} 0');
  });

  it("answers POST on a look-up path, and GET on the sign-in, with 405", async () => {
    const { app } = user();
    const post = await postJson(app, "/api/users/validate", {});
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    const get = await app.request("/api/users/auth");
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("grows no series from 10,000 random methods and addresses", { timeout: 60_000 }, async () => {
    const { app, metrics } = user();
    const before = seriesOf(await metrics());
    await sendNonsense(
      app,
      ["/api/users", "/api/users/validate", "/api/users/auth", "/api/users/usr-100"],
      10_000,
    );
    expect(seriesOf(await metrics())).toEqual(before);
  });
});
