/** One SLO after another that differs from `availability("order")` in one thing: for tests of what SLOs may share. */
import { DAY, HOUR, MINUTE } from "../duration.ts";
import type { Slo } from "../model.ts";
import { defaultTiers, tiersFor } from "../windows.ts";
import { alerting, availability, latency } from "./lab-slos.ts";

const tiers = tiersFor(defaultTiers, 30 * DAY);
const [fast, ...slower] = tiers;
if (fast === undefined) throw new Error("there is a first tier");
const query = `errors_total{job="x"}`;

/** One change each of what rules and tests depend on. */
export const shapes: Readonly<Record<string, Slo>> = {
  "its kind": latency("order"),
  "its family": availability("order", { sli: "freshness" }),
  "its target": availability("order", { target: 0.995 }),
  "its window": availability("order", { window: { kind: "rolling", seconds: 28 * DAY } }),
  "a calendar": availability("order", {
    window: {
      kind: "calendar",
      count: 1,
      unit: "M",
      start: "2024-01-01 00:00:00",
      timeZone: "UTC",
      seconds: 30 * DAY,
    },
  }),
  "good in place of bad": availability("order", {
    indicator: {
      kind: "events",
      good: { query, counter: true },
      total: { query: "all_total", counter: true },
    },
  }),
  "a gauge in place of a counter": availability("order", {
    indicator: { kind: "events", bad: { query, counter: false }, total: { query: "all", counter: false } },
  }),
  "a matcher more": availability("order", {
    indicator: {
      kind: "events",
      bad: { query: `requests_total{code=~"5..",path!="x"}`, counter: true },
      total: { query: `requests_total{path!="x"}`, counter: true },
    },
  }),
  "samples of a ratio": availability("order", {
    indicator: { kind: "ratio-samples", query: "share", rawType: "failure" },
  }),
  "samples against a value": availability("order", {
    indicator: { kind: "threshold-samples", query: "age_seconds", op: "lt", value: 3 },
  }),
  "another value": availability("order", {
    indicator: { kind: "threshold-samples", query: "age_seconds", op: "lt", value: 4 },
  }),
  slices: availability("order", {
    budgeting: { method: "Timeslices", sliceSeconds: MINUTE, sliceTarget: 0.95 },
  }),
  "longer slices": availability("order", {
    budgeting: { method: "Timeslices", sliceSeconds: 2 * MINUTE, sliceTarget: 0.95 },
  }),
  "another slice target": availability("order", {
    budgeting: { method: "Timeslices", sliceSeconds: MINUTE, sliceTarget: 0.9 },
  }),
  "shares of slices": availability("order", {
    budgeting: { method: "RatioTimeslices", sliceSeconds: MINUTE },
  }),
  "a tier less": availability("order", { alerting: alerting({ tiers: slower }) }),
  "no tier": availability("order", { alerting: alerting({ tiers: [] }) }),
  "a tier's factor": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, factor: 10 }, ...slower] }),
  }),
  "a tier's share": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, budgetShare: 0.03 }, ...slower] }),
  }),
  "a tier's name": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, name: "now" }, ...slower] }),
  }),
  "a tier's severity": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, severity: "warning" }, ...slower] }),
  }),
  "a tier's windows": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, longSeconds: 2 * HOUR, shortSeconds: 10 * MINUTE }] }),
  }),
  "a tier's for": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, forSeconds: 2 * MINUTE }, ...slower] }),
  }),
  "a tier's routing": availability("order", {
    alerting: alerting({ tiers: [{ ...fast, routing: { notify: "pagerduty" } }, ...slower] }),
  }),
  "its routing": availability("order", { alerting: alerting({ routing: { team: "shop" } }) }),
  "a minimum of events": availability("order", { alerting: alerting({ minimumEvents: 50 }) }),
  "an alert without data": availability("order", { alerting: alerting({ whenNoData: true }) }),
  "a link": availability("order", { alerting: alerting({ links: { runbook: "https://w.example/r" } }) }),
};

/** One change each of an SLO's own words. */
export const words: Readonly<Record<string, Slo>> = {
  "its service and names": availability("user"),
  "its name": availability("order", { name: "order-is-up" }),
  "its service": availability("order", { service: "order-2" }),
  "its display name": availability("order", { displayName: "Bestellungen – erreichbar" }),
  "its description": availability("order", { description: "Any\ntext." }),
  "its source": availability("order", { source: { file: "a.yaml", line: 7 } }),
  "its metric": availability("order", {
    indicator: {
      kind: "events",
      bad: { query: `r_total{service="a",status=~"5..",path!="unmatched"}`, counter: true },
      total: { query: `r_total{service="a",path!="unmatched"}`, counter: true },
    },
  }),
};

/** Words that are quoted, escaped or looked into somewhere. */
export const awkward: Readonly<Record<string, Slo>> = {
  "a service that YAML takes for a word": availability("on"),
  "a name that begins with a digit": availability("7"),
  "a name that is its service's": availability("order", { name: "order" }),
  "a service that is called like an example": availability("other"),
  "no display name": availability("order", { displayName: "" }),
  "a display name that needs quotes": availability("order", { displayName: "Order: it's #1" }),
  "a display name with a template": availability("order", { displayName: "{{ query `up` }}" }),
  "a display name of two lines": availability("order", { displayName: "Order\nup" }),
  "a display name like a stand-in": availability("order", { displayName: "StandIn0z1z" }),
  "a query with $window": availability("order", {
    indicator: {
      kind: "events",
      bad: { query: "sum(increase(a_total[$window]))", counter: true },
      total: { query: "sum(increase(b_total[$window]))", counter: true },
    },
  }),
  "a query with single quotes": availability("order", {
    indicator: {
      kind: "events",
      bad: { query: "a_total{x='y'}", counter: true },
      total: { query: "b_total", counter: true },
    },
  }),
  "a query of several lines": availability("order", {
    indicator: {
      kind: "events",
      bad: { query: 'a_total{\n  x="y" # why: so\n}', counter: true },
      total: { query: "b_total", counter: true },
    },
  }),
  "a query that begins with a bracket": availability("order", {
    indicator: { kind: "ratio-samples", query: `(share{a=": #"})`, rawType: "success" },
  }),
  "links with templates": availability("order", {
    alerting: alerting({ links: { dashboard: "https://d.example/{{x}}", logs: "https://l.example/?q='a'" } }),
  }),
};
