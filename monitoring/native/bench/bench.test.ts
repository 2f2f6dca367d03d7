import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { availability, latency } from "../../compiler/emit/lab-slos.ts";
import type { Notification } from "../lab.ts";
import { batches } from "./batches.ts";
import { routeContenders } from "./contender-routes.ts";
import { pyrraRules, slothRules } from "./contender-rules.ts";
import { falsePages, firstPageAt } from "./pages.ts";
import { predictPage } from "./prediction.ts";
import { sloFacts } from "./slos.ts";
import { PROMISE } from "./verdict.ts";

const rounds = batches.flatMap(({ rounds, timeScale }) => rounds.map((round) => ({ round, timeScale })));
const incidents = rounds.flatMap(({ round }) => round.incidents);

describe("the incidents of bench:page", () => {
  it("are as many, and of as many kinds, as are promised, most of them at real scale", () => {
    expect(incidents.length).toBeGreaterThanOrEqual(PROMISE.incidents);
    expect(new Set(incidents.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(PROMISE.kinds);
    const real = rounds.filter(({ timeScale }) => timeScale === 1).flatMap(({ round }) => round.incidents);
    expect(real.length).toBeGreaterThanOrEqual(15);
  });

  it("page once a service in each round: a second page would be an update of the first", () => {
    for (const { round } of rounds) {
      const services = round.incidents.map(({ slo }) => sloFacts(slo).service);
      expect(new Set(services).size).toBe(services.length);
    }
  });

  it("page by arithmetic within minutes, and no SLO that is not named does", async () => {
    // Three minutes of clean traffic, as after the warm-up.
    const reader = (bad: number) => ({
      value: () => Promise.resolve(undefined),
      range: (expression: string, from: number, to: number, step: number) => {
        const each = expression.includes(":bad:") ? bad : 1560;
        const samples = [120, 60, 0].map((ago) => ({ at: to - ago * 1000, value: each }));
        return Promise.resolve(from < to && step > 0 ? samples : []);
      },
    });
    for (const { round, timeScale } of rounds) {
      if (timeScale !== 1) continue;
      const moments = round.faults.map((_, index) => 1_000_000 + index * 3000);
      for (const incident of round.incidents) {
        const due = await predictPage(reader(1), round, incident, moments, timeScale);
        expect(due.crosses).toBeGreaterThan(0);
        expect(due.crosses).toBeLessThan(180);
      }
      const named = new Set(round.incidents.map(({ slo }) => sloFacts(slo).service));
      for (const service of ["order", "payment", "user"] as const) {
        if (named.has(service)) continue;
        const slo = { slo: `${service}-availability`, kind: "errors", fault: 0 } as const;
        await expect(predictPage(reader(0), round, slo, moments, timeScale)).rejects.toThrow("no page");
      }
    }
  });
});

describe("rules of other shapes", () => {
  it("page as sloth's and pyrra's do", () => {
    const [recordings, alerts] = slothRules([availability("order")]).groups;
    expect(recordings?.interval).toBeUndefined();
    expect(recordings?.rules[2]?.expr).toBe(
      'sum(rate(http_requests_total{service="order",status=~"5..",path!="unmatched"}[1h]))' +
        ' / sum(rate(http_requests_total{service="order",path!="unmatched"}[1h]))',
    );
    expect(alerts?.rules[0]?.expr).toContain(" > (14.4 * 0.001)) without (sloth_window)");
    const [group] = pyrraRules([latency("user")]).groups;
    expect(group?.interval).toBe("30s");
    expect(group?.rules.slice(4)).toMatchObject([
      {
        alert: "PyrraShape",
        for: "2m",
        expr: expect.stringMatching(/^pyrra_latency:burnrate5m.*14 \* 0\.01.*burnrate1h4m/),
      },
      {
        for: "16m",
        expr: expect.stringMatching(/^pyrra_latency:burnrate32m.*7 \* 0\.01.*burnrate6h26m/),
      },
    ]);
  });

  it("reach the console by a route of their own, after the same wait as ours", () => {
    const file = path.join(import.meta.dirname, "../../alertmanager/alertmanager.yml");
    const source = parse(readFileSync(file, "utf8"), { merge: true }) as Parameters<
      typeof routeContenders
    >[0];
    const { route, receivers } = routeContenders(source) as unknown as {
      route: { routes: Record<string, unknown>[] };
      receivers: { name: string }[];
    };
    const ours = route.routes.find(({ receiver }) => receiver === "pagerduty-critical");
    expect(route.routes[0]).toMatchObject({
      receiver: "contenders",
      matchers: ['contender=~".+"'],
      group_wait: ours?.["group_wait"],
      group_interval: ours?.["group_interval"],
      continue: false,
    });
    expect(receivers.map(({ name }) => name)).toContain("contenders");
  });
});

describe("the pages that the console received", () => {
  const page = (
    alertname: string,
    service: string,
    received_at: number,
    slo: string | null = null,
  ): Notification => ({
    received_at,
    channel: "pagerduty",
    state: "firing",
    alertname,
    service,
    slo,
    summary: `${alertname} of ${service}`,
    raw: {},
  });
  const ours = (received_at: number, ...alerts: string[]): Notification => {
    const firing = alerts.map((alert) => `The error budget burns (${alert})\n`).join("");
    const raw = { payload: { custom_details: { firing } } };
    return { ...page("ErrorBudgetBurnRateCritical", "order", received_at), raw };
  };
  const availability = "order-availability, page-fast";
  const received = [
    ours(3000, availability),
    ours(2000, "order-latency, page-slow", availability),
    // Left over by an incident before.
    ours(1700, "order-latency, page-slow"),
    page("SlothShape", "order", 1500, "order-latency"),
    page("SlothShape", "order", 2500, "order-availability"),
    page("TargetDown", "user", 2600),
    { ...ours(1900, availability), state: "resolved" },
    { ...ours(1800, availability), channel: "slack" },
  ];

  it("are counted from the first that is about the SLO, alone or among others of its service", () => {
    const order = { service: "order", slo: "order-availability", since: 1000 };
    expect(firstPageAt(received, "ours", order)).toBe(2000);
    expect(firstPageAt(received, "sloth", order)).toBe(2500);
    expect(firstPageAt(received, "pyrra", order)).toBeUndefined();
    expect(firstPageAt(received, "ours", { ...order, since: 2001 })).toBe(3000);
  });

  it("are false about a service that nothing is wrong with, whatever their name", () => {
    expect(falsePages(received, { services: ["order"], between: [0, 5000] })).toEqual([
      "1970-01-01T00:00:02.600Z TargetDown of user",
    ]);
    expect(falsePages(received, { services: ["user"], between: [0, 2600] })).toHaveLength(2);
  });
});
