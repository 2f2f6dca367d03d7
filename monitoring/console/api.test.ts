import { describe, expect, it } from "vitest";
import { captured, testConsole, trigger } from "./testing.ts";

type Answer = { notifications: Record<string, unknown>[] };
const json = async (response: Response | Promise<Response>): Promise<unknown> => (await response).json();

describe("GET /api/notifications", () => {
  it("gives the newest first, with facts and payload", async () => {
    const { app, post } = testConsole();
    await post("/v2/enqueue", captured("pagerduty-trigger.json"));
    await post("/services/T0/B0/local", captured("slack-firing.json"));
    const { notifications } = (await json(app.request("/api/notifications"))) as Answer;
    expect(notifications.map(({ id, channel }) => `${String(id)} ${String(channel)}`)).toEqual([
      "2 slack",
      "1 pagerduty",
    ]);
    expect(notifications[1]).toMatchObject({
      id: "1",
      received_at: "2026-11-21T12:00:00.000Z",
      channel: "pagerduty",
      state: "firing",
      summary: "order-availability burns its error budget more than 14.4 times too fast",
      service: "order",
      slo: "order-availability",
      tier: "page-fast",
      alertname: "ErrorBudgetBurnRateCritical",
      severity: "critical",
      reason: null,
      deliveries: 1,
      raw: { event_action: "trigger", payload: { custom_details: { burn_rate: "231×" } } },
    });
    expect(notifications[0]?.["raw"]).toEqual(JSON.parse(captured("slack-firing.json")));
  });

  it("shows a refused delivery with its reason and the start of its body as text", async () => {
    const { app, post } = testConsole();
    await post("/v2/enqueue", '{"routing_key":');
    const { notifications } = (await json(app.request("/api/notifications"))) as Answer;
    expect(notifications).toEqual([
      expect.objectContaining({
        state: "refused",
        reason: "the body is not a JSON object",
        raw: '{"routing_key":',
      }),
    ]);
  });

  it("is an empty list at first", async () => {
    expect(await json(testConsole().app.request("/api/notifications"))).toEqual({ notifications: [] });
  });

  it("gives a payload back that is nested too deeply to be printed anew", async () => {
    const { app, post } = testConsole();
    const depth = 100_000;
    const deep = `{"text":"deep","extra":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect((await post("/services/T0/B0/local", deep)).status).toBe(200);
    const text = await (await app.request("/api/notifications")).text();
    expect(text).toContain(`"raw":${deep}}`);
  });

  it("can be narrowed", async () => {
    const { app, post } = testConsole();
    for (const key of ["a", "b", "c"]) await post("/v2/enqueue", trigger({ dedup_key: key }));
    await post("/services/T0/B0/local", { text: "hi" });
    const ids = async (query: string) =>
      ((await json(app.request(`/api/notifications?${query}`))) as Answer).notifications.map(({ id }) => id);
    expect(await ids("channel=slack")).toEqual(["4"]);
    expect(await ids("limit=2&before=4")).toEqual(["3", "2"]);
    expect(await ids("since=2026-11-21T12:00:00Z&limit=1")).toEqual(["4"]);
    expect(await ids("since=2026-11-21T13:00:01%2B01:00")).toEqual([]);
  });

  it("refuses a query that it does not understand, parameter by parameter", async () => {
    const query = "channel=fax&since=yesterday&limit=0&before=-1&offset=3";
    const response = await testConsole().app.request(`/api/notifications?${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      detail: "the query string does not fit: channel, since, before, limit, offset",
      errors: [
        { path: "channel", message: "want one of pagerduty, slack, email, watchdog" },
        { path: "since", message: "want a time such as 2026-11-21T12:00:00Z" },
        { path: "before", message: "want a whole number" },
        { path: "limit", message: "want 1 to 1000" },
        { path: "offset", message: "unknown field" },
      ],
    });
  });
});

describe("GET /api/incidents", () => {
  it("groups PagerDuty's events by their key", async () => {
    const { app, post } = testConsole();
    await post("/v2/enqueue", captured("pagerduty-trigger.json"));
    await post("/v2/enqueue", captured("pagerduty-resolve.json"));
    expect(await json(app.request("/api/incidents"))).toEqual({
      incidents: [
        {
          state: "resolved",
          service: "order",
          summary: "order-availability burns its error budget more than 14.4 times too fast",
          first_at: "2026-11-21T12:00:00.000Z",
          last_at: "2026-11-21T12:00:00.000Z",
          notifications: ["1", "2"],
        },
      ],
    });
  });
});

describe("GET /api/overview", () => {
  it("says that Prometheus cannot be reached, since when and why", async () => {
    const { app, watch } = testConsole();
    await watch.refresh();
    expect(await json(app.request("/api/overview"))).toEqual({
      overview: null,
      at: null,
      unreachable: {
        since: "2026-11-21T12:00:00.000Z",
        reason: "http://prometheus:9090 refuses connections",
      },
    });
  });
});
