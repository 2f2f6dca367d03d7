import { describe, expect, it } from "vitest";
import { createAdminApp } from "./admin.ts";
import { postJson, testDeps } from "./testing.ts";

function admin(token?: string) {
  const { board, logger, lines } = testDeps({ targets: ["user", "payment"] });
  return { app: createAdminApp({ board, logger, token }), board, lines };
}
const outage = { fault: "outage", variant: "503", for: "90s" };

describe("the admin API", () => {
  it("shows the catalogue and what is on", async () => {
    const { app } = admin();
    await postJson(app, "/faults", outage);
    const body = (await (await app.request("/faults")).json()) as {
      catalogue: { name: string }[];
      active: unknown[];
    };
    expect(body.catalogue.map(({ name }) => name)).toEqual(["errors", "latency", "outage", "dependency"]);
    expect(body.catalogue[3]).toEqual({
      name: "dependency",
      description: "Calls to one neighbour suffer; the neighbour itself is well.",
      variants: [
        { name: "slow", description: "Each call takes 1 s more." },
        { name: "dead", description: "Each call fails to connect; the breaker opens." },
      ],
      targets: ["user", "payment"],
    });
    expect(body.active).toMatchObject([{ id: "fault-1", fault: "outage", variant: "503" }]);
  });

  it("switches a fault on for the time that is asked for, and says so in the log", async () => {
    const { app, board, lines } = admin();
    const response = await postJson(app, "/faults", outage);
    expect(response.status).toBe(201);
    const fault = (await response.json()) as { started_at: string; expires_at: string };
    expect(Date.parse(fault.expires_at) - Date.parse(fault.started_at)).toBe(90_000);
    expect(board.live()).toHaveLength(1);
    expect(lines).toMatchObject([{ level: "warn", msg: "fault on", fault: { id: "fault-1" } }]);
  });

  it("takes 5 minutes when no time is given", async () => {
    const { app, board } = admin();
    await postJson(app, "/faults", { fault: "errors", variant: "5%" });
    expect(board.live()[0]?.remaining()).toBeCloseTo(300_000, -3);
  });

  it("refuses a time over an hour, and one without a unit", async () => {
    for (const lasts of ["61m", "0s", "300", "soon"]) {
      const response = await postJson(admin().app, "/faults", { ...outage, for: lasts });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [
          { path: "for", message: `got "${lasts}", want a time above 0 and up to 1h, such as 90s or 5m` },
        ],
      });
    }
  });

  it("lists the catalogue when it does not know the fault or the variant", async () => {
    const unknownFault = await postJson(admin().app, "/faults", { ...outage, fault: "fire" });
    expect(unknownFault.status).toBe(400);
    expect(await unknownFault.json()).toMatchObject({
      detail: 'fault: got "fire", want one of errors, latency, outage, dependency',
      errors: [{ path: "fault" }],
      catalogue: [{ name: "errors" }, { name: "latency" }, { name: "outage" }, { name: "dependency" }],
    });
    const unknownVariant = await postJson(admin().app, "/faults", { ...outage, variant: "x" });
    expect(await unknownVariant.json()).toMatchObject({
      detail: 'variant: got "x", want one of 503, hang',
      catalogue: [{ name: "errors" }, {}, {}, {}],
    });
  });

  it("refuses unknown fields, and switches nothing on", async () => {
    const { app, board } = admin();
    expect((await postJson(app, "/faults", { ...outage, extra: 1 })).status).toBe(400);
    expect(board.live()).toEqual([]);
  });

  it("refuses a seventeenth fault", async () => {
    const { app } = admin();
    for (let added = 0; added < 16; added += 1) await postJson(app, "/faults", outage);
    const response = await postJson(app, "/faults", outage);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ detail: "16 faults are on already" });
  });

  it("switches one off, or all", async () => {
    const { app, board } = admin();
    await postJson(app, "/faults", outage);
    await postJson(app, "/faults", outage);
    const off = async (path: string) => (await app.request(path, { method: "DELETE" })).status;
    expect(await off("/faults/fault-1")).toBe(204);
    expect(await off("/faults/fault-1")).toBe(404);
    expect(board.live()).toHaveLength(1);
    expect(await off("/faults")).toBe(204);
    expect(board.live()).toEqual([]);
  });

  it("has nothing else on it", async () => {
    for (const path of ["/", "/metrics", "/healthz", "/api/orders"]) {
      expect((await admin().app.request(path)).status).toBe(404);
    }
  });

  it("asks for the token when it has one", async () => {
    const { app } = admin("s3cret");
    const ask = async (headers: Record<string, string>) =>
      app.request("http://order:9081/faults", { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await ask({})).headers.get("www-authenticate")).toBe("Bearer");
    expect((await ask({ authorization: "Bearer s3cret" })).status).toBe(200);
  });

  it("without a token answers to loopback names only, so that no web page can reach it by a name of its own", async () => {
    const { app } = admin();
    expect((await app.request("http://127.0.0.1:9081/faults")).status).toBe(200);
    expect((await app.request("http://[::1]:9081/faults")).status).toBe(200);
    const response = await app.request("http://evil.example:9081/faults");
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      detail: "without a token the admin listener answers to loopback names only",
    });
  });
});
