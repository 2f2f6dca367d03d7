import { expect, it } from "vitest";
import { HOUR, MINUTE } from "../../compiler/duration.ts";
import type { KnownIncident, SloFiring } from "./match.ts";
import { incidentOf } from "./match.ts";
import { judge } from "./qualities.ts";
import type { Case } from "./qualities.ts";

const deploy: KnownIncident = {
  name: "deploy",
  service: "order",
  sli: ["availability"],
  start: 1000,
  end: 2000,
};
const slow: KnownIncident = { name: "slow", service: "order", sli: ["latency"], start: 50_000, end: 60_000 };

function firing(start: number, end: number | null, change: Partial<SloFiring> = {}): SloFiring {
  return {
    policy: "a",
    service: "order",
    slo: "order-availability",
    sli: "availability",
    alert: "page-fast",
    severity: "page",
    longWindowSeconds: HOUR,
    forSeconds: 0,
    start,
    end,
    sinceBefore: false,
    budgetSpent: 0.02,
    badSoFar: 30,
    allowedBad: 1000,
    ...change,
  };
}

const nothing: Case = {
  policies: [],
  firings: [],
  incidents: [],
  rangeEnd: 100_000,
  isSignificant: () => true,
  badBefore: () => undefined,
};

it("gives an alert to the incident that lies in its window", () => {
  expect(incidentOf(firing(1000, null), [deploy, slow])?.name).toBe("deploy");
  expect(incidentOf(firing(2000 + HOUR, null), [deploy, slow])?.name).toBe("deploy");
  expect(incidentOf(firing(2000 + HOUR + MINUTE, null, { forSeconds: MINUTE }), [deploy])?.name).toBe(
    "deploy",
  );
});

it("gives none to an alert before it, after it, or about something else", () => {
  expect(incidentOf(firing(999, null), [deploy])).toBeUndefined();
  expect(incidentOf(firing(2001 + HOUR, null), [deploy])).toBeUndefined();
  expect(incidentOf(firing(1500, null, { sli: "latency" }), [deploy])).toBeUndefined();
  expect(incidentOf(firing(1500, null, { service: "user" }), [deploy])).toBeUndefined();
});

it("gives an alert to the latest of several incidents", () => {
  const again = { ...deploy, name: "again", start: 2500, end: 3000 };
  expect(incidentOf(firing(2600, null), [deploy, again])?.name).toBe("again");
});

it("computes the four qualities from pages, and counts tickets apart", () => {
  const firings = [
    firing(1060, 2300),
    firing(1200, 2100, { alert: "page-slow" }),
    firing(30_000, 30_100),
    firing(1300, null, { severity: "ticket", alert: "ticket" }),
    firing(20_000, null, { severity: "ticket", alert: "ticket" }),
    firing(51_000, 59_000, { policy: "b", sli: "latency", slo: "order-latency" }),
  ];
  const before = (slo: string): number | undefined => (slo === "order-availability" ? 10 : undefined);
  const { qualities, detections, incidentOf } = judge({
    ...nothing,
    policies: ["a", "b"],
    firings,
    incidents: [deploy, slow],
    badBefore: before,
  });
  expect(qualities).toEqual([
    {
      policy: "a",
      pages: 3,
      falsePages: 1,
      falseSeconds: 100,
      precision: 2 / 3,
      recall: 1 / 2,
      found: 1,
      paged: 1,
      detectionSeconds: 60,
      resetSeconds: 300,
      budgetSpent: 0.02,
      tickets: 2,
      ticketsApart: 1,
    },
    {
      policy: "b",
      pages: 1,
      falsePages: 0,
      falseSeconds: 0,
      precision: 1,
      recall: 1 / 2,
      found: 1,
      paged: 1,
      detectionSeconds: 1000,
      // It ended while the incident still went on.
      resetSeconds: 0,
      budgetSpent: null,
      tickets: 0,
      ticketsApart: 0,
    },
  ]);
  expect(incidentOf).toEqual(["deploy", "deploy", null, "deploy", null, "slow"]);
  expect(detections.find(({ policy, incident }) => policy === "a" && incident === "slow")).toEqual({
    policy: "a",
    incident: "slow",
    page: null,
    ticket: null,
    resetSeconds: null,
  });
});

it("finds an incident that burns slowly by a ticket", () => {
  const ticket = firing(1300, null, { severity: "ticket", alert: "ticket" });
  const { qualities } = judge({ ...nothing, policies: ["a"], firings: [ticket], incidents: [deploy, slow] });
  expect(qualities[0]).toMatchObject({ recall: 1 / 2, found: 1, paged: 0, detectionSeconds: null });
});

it("does not ask for an incident that harmed too little, and lets it own its alerts", () => {
  const { qualities, detections } = judge({
    ...nothing,
    policies: ["a"],
    firings: [firing(1300, 1400)],
    incidents: [deploy, slow],
    isSignificant: (name) => name === "slow",
  });
  expect(qualities[0]).toMatchObject({ recall: 0, pages: 1, falsePages: 0 });
  expect(detections.map(({ incident }) => incident)).toEqual(["slow"]);
});

it("has no precision without a page and no recall without an incident", () => {
  const [none] = judge({ ...nothing, policies: ["a"] }).qualities;
  expect([none?.precision, none?.recall, none?.detectionSeconds]).toEqual([null, null, null]);
});
