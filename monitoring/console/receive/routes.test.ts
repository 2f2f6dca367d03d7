import { describe, expect, it } from "vitest";
import { testConsole, trigger } from "../testing.ts";
import type { Intake } from "../intake.ts";
import { receiverRoutes } from "./routes.ts";

const announce = (size: number) => ({
  method: "POST",
  body: "x",
  headers: { "content-length": String(size) },
});

describe("a body that is too large", () => {
  it("is refused with 413, in the words of each service, and shown with the reason", async () => {
    const { app, inbox } = testConsole();
    const five = announce(5 * 1024 * 1024);
    const pagerduty = await app.request("/v2/enqueue", five);
    expect([pagerduty.status, await pagerduty.json()]).toEqual([
      413,
      {
        status: "invalid event",
        message: "Event object is invalid",
        errors: ["the body is too large: 5.0 MB announced, the limit is 512 kB"],
      },
    ]);
    const slack = await app.request("/services/T0/B0/local", five);
    expect([slack.status, await slack.text()]).toEqual([
      413,
      "request_too_large: the body is too large: 5.0 MB announced, the limit is 1.0 MB",
    ]);
    const watchdog = await app.request("/watchdog", five);
    expect([watchdog.status, await watchdog.text()]).toEqual([
      413,
      "the body is too large: 5.0 MB announced, the limit is 256 kB",
    ]);
    expect(inbox.list({ limit: 9 }).map(({ channel, state }) => `${channel} ${state}`)).toEqual([
      "watchdog refused",
      "slack refused",
      "pagerduty refused",
    ]);
  });
});

describe("a disk that takes nothing", () => {
  const full: Intake = {
    accept: () => {
      throw new Error("ENOSPC: no space left on device, write");
    },
    beat: () => {
      throw new Error("ENOSPC: no space left on device, write");
    },
    refuse: () => undefined,
  };
  const post = (path: string, body: unknown) =>
    receiverRoutes(full).request(path, { method: "POST", body: JSON.stringify(body) });

  it("makes the sender come again, and does not show it the reason", async () => {
    const pagerduty = await post("/v2/enqueue", trigger());
    expect([pagerduty.status, await pagerduty.text()]).toEqual([
      500,
      '{"status":"not accepted","message":"not stored; try again"}',
    ]);
    const slack = await post("/services/T0/B0/local", { text: "hi" });
    expect([slack.status, await slack.text()]).toEqual([500, "rollup_error: not stored; try again"]);
  });
});

describe("the doors", () => {
  it("are closed to pages of other sites", async () => {
    const { app, inbox } = testConsole();
    const response = await app.request("/services/T0/B0/local", {
      method: "POST",
      body: '{"text":"forged"}',
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(response.status).toBe(403);
    expect(inbox.size).toBe(0);
  });

  it("take POST only, and say so", async () => {
    const { app } = testConsole();
    for (const path of ["/v2/enqueue", "/services/T0/B0/local", "/watchdog"]) {
      const response = await app.request(path);
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
      expect(await response.json()).toMatchObject({ detail: "this path takes POST" });
    }
  });
});
