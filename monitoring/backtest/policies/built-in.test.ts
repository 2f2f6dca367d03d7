import { expect, it } from "vitest";
import { DAY, duration } from "../../compiler/duration.ts";
import { availability } from "../../compiler/emit/lab-slos.ts";
import { builtInPolicies } from "./built-in.ts";
import { parsePolicy } from "./policy-file.ts";
import { scaledAlert } from "./time-scale.ts";
import type { PolicyAlert } from "./policy.ts";

/** `page: 1h and 5m > 1.44 %`, one text an alert. */
function inWords(alerts: readonly PolicyAlert[]): string[] {
  return alerts.map(({ name, anyOf, forSeconds }) => {
    const conditions = anyOf.map(
      ({ windows }) =>
        `${windows.map(({ seconds }) => duration(seconds)).join(" and ")} > ${Number(((windows[0]?.above ?? 0) * 100).toFixed(4))} %`,
    );
    return `${name}: ${conditions.join(" or ")}${forSeconds === 0 ? "" : ` for ${duration(forSeconds)}`}`;
  });
}

function alertsOf(policy: string, days = 30): string[] {
  const slo = availability("order", { window: { kind: "rolling", seconds: days * DAY } });
  return inWords(builtInPolicies.find(({ name }) => name === policy)?.alertsFor(slo) ?? []);
}

it("takes burnrate's alerts from the SLO", () => {
  expect(alertsOf("burnrate")).toEqual([
    "page-fast: 1h and 5m > 1.44 %",
    "page-slow: 6h and 30m > 0.6 %",
    "ticket-fast: 1d and 2h > 0.3 %",
    "ticket-slow: 3d and 6h > 0.1 %",
  ]);
});

it("gives sloth two alerts of two pairs, with factors that follow the period", () => {
  expect(alertsOf("sloth")).toEqual([
    "page: 1h and 5m > 1.44 % or 6h and 30m > 0.6 %",
    "ticket: 1d and 2h > 0.3 % or 3d and 6h > 0.1 %",
  ]);
  expect(alertsOf("sloth", 28)).toEqual([
    "page: 1h and 5m > 1.344 % or 6h and 30m > 0.56 %",
    "ticket: 1d and 2h > 0.28 % or 3d and 6h > 0.0933 %",
  ]);
});

it("stretches pyrra's windows and leaves its factors", () => {
  expect(alertsOf("pyrra")).toEqual([
    "burn-14: 1h4m and 5m > 1.4 % for 2m",
    "burn-7: 6h26m and 32m > 0.7 % for 16m",
    "burn-2: 1d1h43m and 2h9m > 0.2 % for 1h4m",
    "burn-1: 4d6h51m and 6h26m > 0.1 % for 3h13m",
  ]);
  expect(alertsOf("pyrra", 28)[0]).toBe("burn-14: 1h and 5m > 1.4 % for 2m");
});

it("knows a plain threshold", () => {
  expect(alertsOf("threshold")).toEqual(["over-1-percent: 5m > 1 % for 5m"]);
});

it("makes windows and `for` shorter where time runs faster, and leaves shares", () => {
  const [alert] =
    builtInPolicies.find(({ name }) => name === "pyrra")?.alertsFor(availability("order")) ?? [];
  expect(inWords(alert ? [scaledAlert(alert, 60)] : [])).toEqual(["burn-14: 1m4s and 5s > 1.4 % for 2s"]);
});

const own = `
name: ours
alerts:
  - { name: fast, severity: page, long: 1h, short: 5m, factor: 14.4 }
  - { name: budget, severity: ticket, long: 1d, budgetShare: 0.1, minimumEvents: 100 }
  - { name: plain, severity: page, long: 10m, errors: 0.05, for: 5m }
`;

it("reads a policy of one's own", () => {
  const policy = parsePolicy(own, "policy.yaml");
  expect([policy.name, policy.summary]).toEqual(["ours", "the policy of policy.yaml"]);
  expect(inWords(policy.alertsFor(availability("order")))).toEqual([
    "fast: 1h and 5m > 1.44 %",
    "budget: 1d > 0.3 %",
    "plain: 10m > 5 % for 5m",
  ]);
});

const help = "monitoring/backtest/README.md says how a policy is written.";

it.each([
  [
    "name: [",
    "p.yaml: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 8:",
  ],
  ["name: a\nalerts: []", `p.yaml: alerts: want at least one alert\n${help}`],
  ["name: a", `p.yaml: alerts: want a list of alerts\n${help}`],
  [
    "name: a\ntiers: []\nalerts: [{ name: b, severity: page, long: 1h, factor: 2 }]",
    `p.yaml: Unrecognized key: "tiers"\n${help}`,
  ],
  [
    "name: a\nalerts: [{ name: b, severity: page, long: 1h, factor: 2, window: 5m }]",
    `p.yaml: alerts.0: Unrecognized key: "window"\n${help}`,
  ],
  [
    "name: a\nalerts: [{ name: b, severity: loud, long: 1x, factor: 2 }]",
    `p.yaml: alerts.0.severity: want page or ticket\np.yaml: alerts.0.long: got "1x", want a duration such as 5m, 1h or 3d\n${help}`,
  ],
  [
    "name: a\nalerts: [{ name: b, severity: page, long: 1h, factor: 2, errors: 0.1 }]",
    `p.yaml: alerts.0: want exactly one of factor, budgetShare and errors\n${help}`,
  ],
  [
    "name: a\nalerts: [{ name: b, severity: page, long: 1h, short: 2h, factor: 2 }]",
    `p.yaml: alerts.0.short: want a window shorter than long\n${help}`,
  ],
  [
    "name: a\nalerts: [{ name: b, severity: page, long: 1h, factor: 2 }, { name: b, severity: page, long: 2h, factor: 2 }]",
    "p.yaml: two alerts are called b; name each once",
  ],
])("refuses %j and says why", (text, message) => {
  expect(() => parsePolicy(text, "p.yaml")).toThrow(message);
});

it("refuses what cannot fit an SLO", () => {
  const policy = (alert: string) =>
    parsePolicy(`name: a\nalerts: [{ name: b, severity: page, ${alert} }]`, "p.yaml");
  expect(() => policy("long: 1h, factor: 1000").alertsFor(availability("order"))).toThrow(
    "p.yaml: alert b can never fire for order-availability: a burn rate of 1000 of a budget of 0.1 % is more than every event. Lower factor or budgetShare",
  );
  expect(() => policy("long: 40d, factor: 2").alertsFor(availability("order"))).toThrow(
    "p.yaml: alert b looks back 40d, longer than the window of order-availability, 30d. Shorten long",
  );
});
