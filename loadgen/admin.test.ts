import { describe, expect, it } from "vitest";
import { postJson } from "../services/kit/testing.ts";
import { createLoadAdminApp } from "./admin.ts";
import { createSurgeBoard } from "./surges.ts";

const BEGIN = Date.parse("2026-11-21T12:00:00Z");

function admin(token?: string) {
  const clock = { now: BEGIN };
  const board = createSurgeBoard(() => clock.now);
  const lines: unknown[] = [];
  const logger = {
    warn: (...line: unknown[]) => void lines.push(line.at(-1)),
    error: (...line: unknown[]) => void lines.push(line.at(-1)),
  };
  return { app: createLoadAdminApp({ board, logger, token }), board, clock, lines };
}

describe("the load generator's switch", () => {
  it("multiplies the rate for the time that is asked for, and says so in the log", async () => {
    const { app, board, clock, lines } = admin();
    const response = await postJson(app, "/load", { factor: 5, for: "90s" });
    expect(response.status).toBe(201);
    const surge = {
      id: "load-1",
      factor: 5,
      started_at: "2026-11-21T12:00:00.000Z",
      expires_at: "2026-11-21T12:01:30.000Z",
    };
    expect(await response.json()).toEqual(surge);
    expect(await (await app.request("/load")).json()).toEqual({ active: [surge] });
    expect([BEGIN - 1, BEGIN, BEGIN + 89_999, BEGIN + 90_000].map((at) => board.factorAt(at))).toEqual([
      1, 5, 5, 1,
    ]);
    clock.now += 90_000;
    expect(board.live()).toEqual([]);
    expect(lines).toEqual(["load changed"]);
  });

  it("ends a change early, and still knows what was on a moment ago", async () => {
    const { app, board, clock } = admin();
    await postJson(app, "/load", { factor: 0.02 });
    await postJson(app, "/load", { factor: 10 });
    expect(board.factorAt(BEGIN)).toBeCloseTo(0.2, 12);
    clock.now += 10_000;
    expect((await app.request("/load/load-1", { method: "DELETE" })).status).toBe(204);
    expect((await app.request("/load/load-1", { method: "DELETE" })).status).toBe(404);
    expect([BEGIN + 5000, BEGIN + 10_000].map((at) => board.factorAt(at))).toEqual([0.2, 10]);
    expect((await app.request("/load", { method: "DELETE" })).status).toBe(204);
    expect(board.factorAt(BEGIN + 10_000)).toBe(1);
  });

  it("refuses what would stop or drown the services", async () => {
    for (const [factor, got] of [
      [0, "0"],
      [21, "21"],
      ["5", '"5"'],
      [undefined, "nothing"],
    ] as const) {
      const response = await postJson(admin().app, "/load", { factor });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [{ path: "factor", message: `got ${got}, want a factor from 0.01 to 20` }],
      });
    }
    expect((await postJson(admin().app, "/load", { factor: 2, for: "2h" })).status).toBe(400);
    expect((await postJson(admin().app, "/load", { factor: 2, rps: 1 })).status).toBe(400);
  });

  it("takes four changes at once, which together stay within the bounds", async () => {
    const { app, board } = admin();
    for (let count = 0; count < 4; count += 1) await postJson(app, "/load", { factor: 20 });
    expect((await postJson(app, "/load", { factor: 20 })).status).toBe(409);
    expect(board.factorAt(BEGIN)).toBe(20);
  });

  it("asks for the token", async () => {
    const { app } = admin("sesame");
    expect((await app.request("/load")).status).toBe(401);
    expect((await app.request("/load", { headers: { authorization: "Bearer sesame" } })).status).toBe(200);
  });

  it("answers to loopback names only when there is no token", async () => {
    expect((await admin().app.request("http://evil.example/load")).status).toBe(403);
  });
});
