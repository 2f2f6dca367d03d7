import { expect, it } from "vitest";
import { allIncidents, incidentsOf, openIncidents } from "./incidents.ts";
import type { State } from "./notification.ts";
import type { Listed } from "./store.ts";
import { testConsole, trigger } from "./testing.ts";

const events = (...states: State[]): Listed[] =>
  states.map((state, index) => ({
    id: index + 1,
    received_at: `2026-11-21T12:00:0${index}.000Z`,
    channel: "pagerduty",
    state,
    summary: "order burns",
    service: "order",
    slo: null,
    tier: null,
    alertname: null,
    severity: "critical",
    thread: "t",
    digest: String(index),
    at: { segment: 1, offset: 0, bytes: 1 },
    deliveries: 1,
  }));
const shape = (...states: State[]) =>
  incidentsOf(events(...states)).map(({ state, events }) => `${state} ${events.length}`);

it("runs from trigger over acknowledge to resolve", () => {
  expect(shape("firing")).toEqual(["triggered 1"]);
  expect(shape("firing", "acknowledged")).toEqual(["acknowledged 2"]);
  expect(shape("firing", "acknowledged", "resolved")).toEqual(["resolved 3"]);
});

it("stays acknowledged when it is triggered again", () => {
  expect(shape("firing", "acknowledged", "firing")).toEqual(["acknowledged 3"]);
});

it("begins anew with a trigger after a resolve", () => {
  expect(shape("firing", "resolved", "firing", "firing")).toEqual(["resolved 2", "triggered 2"]);
});

it("is grouped by the deduplication key, the newest first", async () => {
  const { post, inbox } = testConsole();
  await post("/v2/enqueue", trigger({ dedup_key: "a" }));
  await post("/v2/enqueue", trigger({ dedup_key: "b" }));
  await post("/v2/enqueue", trigger({ dedup_key: "a", event_action: "resolve" }));
  expect(allIncidents(inbox).map(({ state, events }) => [state, events.map(({ id }) => id)])).toEqual([
    ["resolved", [1, 3]],
    ["triggered", [2]],
  ]);
  const { count, newest } = openIncidents(inbox, 10);
  expect([count, newest.map(({ events }) => events.map(({ id }) => id))]).toEqual([1, [[2]]]);
});
