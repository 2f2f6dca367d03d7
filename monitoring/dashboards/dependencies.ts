import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { colour, paint } from "./kit/colours.ts";
import type { Draft } from "./kit/finish.ts";
import { note } from "./kit/more-panels.ts";
import { graph, lanes, number, stack } from "./kit/panels.ts";
import { now, over, overPast } from "./kit/queries.ts";
import { noneIsGood } from "./kit/thresholds.ts";

/** Is it us, or somebody that we call? */
export function dependencies(): Draft {
  const builder = new dashboard.DashboardBuilder("Dependencies")
    .description("Calls between services and to the fraud check: is it us, or somebody that we call?")
    .time({ from: "now-6h", to: "now" })
    .withRow(new dashboard.RowBuilder("Calls"))
    .withPanel(calls().span(12).height(8))
    .withPanel(failing().span(12).height(8))
    .withPanel(outcomes().span(12).height(8))
    .withPanel(cache().span(12).height(8))
    .withRow(new dashboard.RowBuilder("Breakers and bulkheads"))
    .withPanel(openNow().span(4).height(6))
    .withPanel(states().span(20).height(6))
    .withPanel(rejections().span(8).height(8))
    .withPanel(bulkhead().span(8).height(8))
    .withPanel(retries().span(8).height(8))
    .withRow(new dashboard.RowBuilder("Fraud check"))
    .withPanel(fraudCalls().span(12).height(8))
    .withPanel(fraudOutcomes().span(12).height(8));
  return { uid: "dependencies", source: "dependencies.ts", builder };
}

const rate = (metric: string): string => `rate(${metric}[$__rate_interval])`;
const pair = "{{service}} → {{downstream}}";
const outcomeColours = [
  paint("success", colour.good),
  paint("error", colour.page),
  paint("timeout", colour.ticket),
  paint("rejected", colour.notice),
];
/** Shares of calls that fail: a breaker opens at half of them. */
const failureSteps = [colour.good, [0.01, colour.notice], [0.5, colour.page]] as const;

function calls() {
  return graph({
    title: "Calls a second",
    description:
      "Who calls whom, and how often. Calls that stop while requests go on were refused by a breaker.",
    unit: "reqps",
    queries: [overPast(`sum by (service, downstream) (${rate("downstream_requests_total")})`, pair)],
  }).min(0);
}

function failing() {
  const bad = rate('downstream_requests_total{status!="success"}');
  const all = rate("downstream_requests_total");
  return graph({
    title: "Share of calls that fail",
    description:
      "Errors, timeouts and refusals by pair. At half of the calls of ten seconds the breaker opens (red line). Look at " +
      "the neighbour's own service health next.",
    unit: "percentunit",
    queries: [
      overPast(`sum by (service, downstream) (${bad}) / (sum by (service, downstream) (${all}) > 0)`, pair),
    ],
    steps: failureSteps,
    runbook: "CircuitBreakerOpen",
  }).min(0);
}

function outcomes() {
  return stack({
    title: "Calls a second by outcome",
    description:
      "Timeouts say that a neighbour is slow, errors that it fails, rejected calls were not made at all.",
    unit: "reqps",
    queries: [overPast(`sum by (status) (${rate("downstream_requests_total")})`, "{{status}}")],
    overrides: outcomeColours,
  });
}

function cache() {
  const hits = rate('cache_hits_total{result="hit"}');
  return graph({
    title: "Share of look-ups that the user cache answers",
    description:
      "The rest asks the database. A fall after a restart is a cold cache; a lasting one is a cache too small.",
    unit: "percentunit",
    queries: [
      overPast(
        `sum by (service) (${hits}) / (sum by (service) (${rate("cache_hits_total")}) > 0)`,
        "{{service}}",
      ),
    ],
  })
    .min(0)
    .max(1);
}

function openNow() {
  return number({
    title: "Breakers open",
    description: "Open or half-open now. Any is a page's cause in the making: see which in the lanes beside.",
    unit: "none",
    queries: [now("sum(circuit_breaker_state > bool 0)", "open")],
    steps: noneIsGood,
    runbook: "CircuitBreakerOpen",
  });
}

function states() {
  return lanes({
    title: "States of the breakers",
    description:
      "Open: no call is made for 30 s. Half-open: one probe decides. A breaker that goes back and forth has a " +
      "neighbour that is half well.",
    unit: "none",
    queries: [over("max by (service, downstream) (circuit_breaker_state)", pair)],
    states: {
      0: { text: "closed", color: colour.good },
      1: { text: "half-open", color: colour.notice },
      2: { text: "open", color: colour.page },
    },
    runbook: "CircuitBreakerOpen",
  });
}

function rejections() {
  return graph({
    title: "Calls a second that were not made",
    description: "Breaker: the neighbour failed too often. Bulkhead: too many calls wait for it already.",
    unit: "reqps",
    queries: [
      over(
        `sum by (service, downstream, reason) (${rate("downstream_rejections_total")})`,
        "→ {{downstream}}: {{reason}}",
      ),
    ],
    runbook: "CircuitBreakerOpen",
  }).min(0);
}

function bulkhead() {
  return graph({
    title: "Bulkhead in use",
    description:
      "Calls that wait for an answer, as a share of what the bulkhead lets through. Near 1 the neighbour is too slow " +
      "for the traffic: the next calls are refused.",
    unit: "percentunit",
    queries: [
      over("max by (service, downstream) (downstream_requests_in_flight / downstream_capacity)", pair),
    ],
    steps: [colour.good, [0.8, colour.notice], [1, colour.page]],
    runbook: "CircuitBreakerOpen",
  }).min(0);
}

function retries() {
  return note(
    "Retries",
    "Why there is no graph of retries, and what to look at instead.",
    "**No service retries.** Behind a breaker with a timeout, a second try would double the load on a neighbour that " +
      "is already too slow, and hide from the caller what the SLI counts.\n\nA call that fails is an answer at once: 502 " +
      "(failed), 503 (not called) or 504 (too slow). Should a service ever retry, count its tries and draw them here.",
  );
}

function fraudCalls() {
  return stack({
    title: "Fraud checks a second by outcome",
    description: "Anything but success means that payments cannot be taken: no check, no money.",
    unit: "reqps",
    queries: [
      overPast(
        `sum by (status) (${rate('downstream_requests_total{downstream="fraud-check"}')})`,
        "{{status}}",
      ),
    ],
    overrides: outcomeColours,
  });
}

function fraudOutcomes() {
  const of = (status: string): string =>
    `sum(${rate(`payment_transactions_total{status="${status}"}`)}) / (sum(${rate("payment_transactions_total")}) > 0)`;
  return graph({
    title: "Share of payments that the fraud check stops",
    description:
      "Refused: it said no, which is business. Unavailable: it could not be asked, which is an outage of ours.",
    unit: "percentunit",
    queries: [overPast(of("fraud_check_failed"), "refused"), overPast(of("unavailable"), "unavailable")],
    overrides: [paint("refused", colour.plain), paint("unavailable", colour.page)],
  }).min(0);
}
