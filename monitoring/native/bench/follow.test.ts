import { describe, expect, it } from "vitest";
import type { Lab, Notification } from "../lab.ts";
import { follow, type Begun } from "./follow.ts";
import { counters } from "./testing.ts";

/** So long ago that nobody waits for its page any more. */
const faultOn = Date.now() - 1_000_000;
const slowBurn = {
  batch: { name: "slow-burns", timeScale: 30, warmUpSeconds: 900, requestsPerSecond: 60, rounds: [] },
  round: { faults: [{ service: "user", fault: "errors", variant: "500 1%" }], incidents: [] },
  incident: { slo: "user-availability", kind: "slow burn", fault: 0 },
  due: { tier: "page-slow", crosses: 437.5, historySeconds: 900, badShare: 0.01 },
  faultOn,
} satisfies Begun;

function pageAfter(seconds: number): Notification {
  return {
    received_at: faultOn + seconds * 1000,
    channel: "pagerduty",
    state: "firing",
    alertname: "ErrorBudgetBurnRateCritical",
    service: "user",
    slo: null,
    summary: "User availability: …",
    raw: { payload: { custom_details: { firing: "User availability: … (user-availability, page-slow)\n" } } },
  };
}

/** @param inboxes what the inbox has at each look; at the last, and after it, all of it. */
function followed(badPerSecond: number, ...inboxes: Notification[][]) {
  const refuse = () => Promise.reject(new Error("who follows an incident only looks at the inbox"));
  const lab: Lab = {
    breakService: refuse,
    mendService: refuse,
    query: refuse,
    firingPages: refuse,
    notifications: () => Promise.resolve((inboxes.length > 1 ? inboxes.shift() : inboxes[0]) ?? []),
  };
  const reader = counters(faultOn, (seconds) => Math.max(0, seconds) * badPerSecond);
  return follow(slowBurn, { lab, reader, signal: new AbortController().signal });
}

describe("a slow burn that is followed", () => {
  it("is late by what lies between the crossing that its events made and its page", async () => {
    const { crossed, paged, late } = await followed(0.1, [pageAfter(437)]);
    expect(crossed).toMatchObject({
      by: "count",
      tier: "page-slow",
      crosses: expect.closeTo(432, 1),
      within: expect.closeTo(16.6, 1),
    });
    expect(paged).toEqual({ ours: 437, sloth: undefined, pyrra: undefined });
    expect(late).toEqual({ ours: expect.closeTo(5, 1), sloth: undefined, pyrra: undefined });
  });

  it("is waited for from its crossing on, when chance made that late", async () => {
    const { paged } = await followed(0.1, [], [pageAfter(437)]);
    expect(paged.ours).toBe(437);
  });

  it("crossed nothing when too few bad events came, and says so in JSON", async () => {
    const measurement = await followed(0.01);
    expect(measurement.crossed).toBe("nothing crossed");
    expect(JSON.parse(JSON.stringify(measurement))).toMatchObject({
      slo: "user-availability",
      crossed: "nothing crossed",
      paged: {},
      late: {},
    });
  });

  it("keeps a page that came although nothing crossed", async () => {
    const { crossed, paged, late } = await followed(0.01, [pageAfter(441.25)]);
    expect(crossed).toBe("nothing crossed");
    expect(paged.ours).toBe(441.25);
    expect(late.ours).toBeUndefined();
  });
});
