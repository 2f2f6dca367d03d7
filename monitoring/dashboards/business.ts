import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { CURRENCIES, PAYMENT_TYPES } from "../../services/kit/money.ts";
import { colour, paint } from "./kit/colours.ts";
import type { Override } from "./kit/colours.ts";
import type { Draft } from "./kit/finish.ts";
import { graph, number, stack } from "./kit/panels.ts";
import { now, over, overPast } from "./kit/queries.ts";
import { tableOf } from "./kit/tables.ts";

/** What an incident costs: orders, money, payments, sign-ins, sessions. */
export function business(): Draft {
  const builder = new dashboard.DashboardBuilder("Business")
    .description("What people do and what it is worth: what does an incident cost?")
    .time({ from: "now-24h", to: "now" })
    .withRow(new dashboard.RowBuilder("In the chosen time"))
    .withPanel(orders().span(6).height(4))
    .withPanel(revenue().span(6).height(4))
    .withPanel(approved().span(6).height(4))
    .withPanel(signedIn().span(6).height(4))
    .withRow(new dashboard.RowBuilder("Orders and money"))
    .withPanel(ordersAMinute().span(12).height(9))
    .withPanel(revenueByCurrency().span(12).height(9))
    .withRow(new dashboard.RowBuilder("Payments"))
    .withPanel(paymentOutcomes().span(12).height(9))
    .withPanel(approvalByType().span(12).height(9))
    .withPanel(outcomeByType().span(24).height(6))
    .withRow(new dashboard.RowBuilder("People"))
    .withPanel(signIns().span(12).height(9))
    .withPanel(sessions().span(12).height(9));
  return { uid: "business", source: "business.ts", builder };
}

const perMinute = "suffix: /min";
const rate = (metric: string): string => `rate(${metric}[$__rate_interval])`;
const inRange = (metric: string): string => `sum(increase(${metric}[$__range]))`;
const units = { USD: "currencyUSD", EUR: "currencyEUR", GBP: "currencyGBP" } as const;

/** How a payment can end, with the colour of each. */
const outcomes = {
  approved: colour.good,
  declined: colour.plain,
  fraud_check_failed: colour.notice,
  gateway_error: colour.page,
  unavailable: colour.ticket,
} as const;

function orders() {
  return number({
    title: "Orders",
    description: "Orders of the chosen time. Compare with the same hours of another day.",
    unit: "short",
    queries: [now(inRange("orders_created_total"), "orders")],
  });
}

function revenue() {
  return number({
    title: "Revenue",
    description: "Money of approved payments in the chosen time, in each currency's own units.",
    unit: "short",
    queries: CURRENCIES.map((currency) =>
      now(inRange(`payment_amount_total{currency="${currency}"}`), currency),
    ),
    overrides: currencyUnits(),
  });
}

function approved() {
  return number({
    title: "Payments approved",
    description:
      "Share of all payments in the chosen time. Declined cards are part of the trade; a fall is not.",
    unit: "percentunit",
    decimals: 1,
    queries: [
      now(
        `${inRange('payment_transactions_total{status="approved"}')} / (${inRange("payment_transactions_total")} > 0)`,
        "approved",
      ),
    ],
    steps: [colour.page, [0.8, colour.notice], [0.9, colour.good]],
  });
}

function signedIn() {
  return number({
    title: "Sign-ins that succeed",
    description:
      "Share of all tries in the chosen time. A fall with steady traffic is an attack or a broken form.",
    unit: "percentunit",
    decimals: 1,
    queries: [
      now(
        `${inRange('user_auth_attempts_total{result="success"}')} / (${inRange("user_auth_attempts_total")} > 0)`,
        "succeed",
      ),
    ],
    steps: [colour.page, [0.5, colour.notice], [0.75, colour.good]],
  });
}

function ordersAMinute() {
  return graph({
    title: "Orders a minute",
    description: "Day and night are normal, a hole is not. Click it for the logs of that time.",
    unit: perMinute,
    queries: [overPast(`60 * sum by (service) (${rate("orders_created_total")})`, "{{service}}")],
  })
    .min(0)
    .fillOpacity(20);
}

function revenueByCurrency() {
  return graph({
    title: "Revenue an hour by currency",
    description:
      "What the approved payments of an hour are worth at this rate. One currency alone points at its gateway.",
    unit: "short",
    queries: [overPast(`3600 * sum by (currency) (${rate("payment_amount_total")})`, "{{currency}}")],
    overrides: currencyUnits(),
  }).min(0);
}

function paymentOutcomes() {
  return stack({
    title: "Payments a minute by outcome",
    description:
      "Red and orange are ours: the gateway or the fraud check fails. Blue and yellow are the customers'.",
    unit: perMinute,
    queries: [overPast(`60 * sum by (status) (${rate("payment_transactions_total")})`, "{{status}}")],
    overrides: Object.entries(outcomes).map(([status, fixed]) => paint(status, fixed)),
  });
}

function approvalByType() {
  const of = (selector: string): string => `sum by (type) (${rate(`payment_transactions_total${selector}`)})`;
  return graph({
    title: "Share of payments approved, by type",
    description: "One type alone that falls points at its provider. All of them together point at us.",
    unit: "percentunit",
    queries: [overPast(`${of('{status="approved"}')} / (${of("")} > 0)`, "{{type}}")],
    steps: [colour.page, [0.8, colour.notice], [0.9, colour.good]],
  })
    .fillOpacity(0)
    .axisSoftMin(0.7)
    .max(1);
}

function outcomeByType() {
  return tableOf({
    title: "Payments of the chosen time by type and outcome",
    description: `The ${PAYMENT_TYPES.length} ways to pay, the most used first. Compare the columns of one row with those of the others.`,
    sort: { by: "approved", descending: true },
    columns: [
      { title: "Type", label: "type" },
      ...Object.keys(outcomes).map((status) => ({
        title: status,
        expr: `sum by (type) (increase(payment_transactions_total{status="${status}"}[$__range]))`,
        unit: "short",
        decimals: 0,
      })),
    ],
  });
}

function signIns() {
  return stack({
    title: "Sign-ins a minute by result",
    description:
      "Many wrong passwords or locked accounts: somebody tries a list. Rate-limited ones are held off already.",
    unit: perMinute,
    queries: [overPast(`60 * sum by (result) (${rate("user_auth_attempts_total")})`, "{{result}}")],
    overrides: [
      paint("success", colour.good),
      paint("invalid_credentials", colour.notice),
      paint("account_locked", colour.ticket),
      paint("rate_limited", colour.page),
    ],
  });
}

function sessions() {
  return graph({
    title: "People signed in",
    description: "Follows the day. A cliff is a restart of the user service, which forgets its sessions.",
    unit: "short",
    queries: [over("sum by (service) (active_sessions)", "{{service}}")],
  }).min(0);
}

function currencyUnits(): Override[] {
  return CURRENCIES.map((currency) => ({
    name: currency,
    properties: [{ id: "unit", value: units[currency] }],
  }));
}
