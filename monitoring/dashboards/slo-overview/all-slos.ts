/** The upper half: every SLO, worst first. */
import { decimal } from "../../compiler/decimal.ts";
import { duration, HOUR } from "../../compiler/duration.ts";
import { label, objectiveSeries, sloSeries } from "../../compiler/names.ts";
import type { Tier } from "../../compiler/windows.ts";
import { colour, serviceColours } from "../kit/colours.ts";
import { dashboardOf, link, runbookUrl } from "../kit/links.ts";
import { bars, graph } from "../kit/panels.ts";
import { now, over } from "../kit/queries.ts";
import { everySlo, lastsStates, secondsLeft } from "../kit/slo-series.ts";
import { tableOf } from "../kit/tables.ts";
import type { Column } from "../kit/tables.ts";
import { budgetSteps, burnSteps, exhaustionSteps, tiers } from "../kit/thresholds.ts";
import type { Lab } from "../lab.ts";

/** Who has been told of an SLO, as a number that can be compared. */
const told = {
  0: { text: "nobody", color: colour.quiet },
  1: { text: "ticket", color: colour.ticket },
  2: { text: "page", color: colour.page },
};

const toldExpr = (() => {
  const firing = (more: string): string => `ALERTS{alertstate="firing",${label.category}="slo"${more}}`;
  const page = `2 * ${firing(`,${label.severity}="critical"`)}`;
  return `max by (service, slo) (${page} or ${firing("")} or 0 * ${objectiveSeries})`;
})();

const remaining = (lab: Lab): string => everySlo(lab.slos, ({ sli }) => sloSeries.remaining(sli));

export function whoseBudgetBurns(lab: Lab) {
  const { slos } = lab;
  return tableOf({
    title: "Whose budget burns",
    description:
      "Every SLO, the least budget first. A burn rate is orange or red above its tier's threshold, which its column " +
      "names: somebody has been told, or will be once the short window agrees. Yellow is more than the budget allows. " +
      "Click an SLO for its detail below.",
    sort: { by: "Budget left" },
    columns: [
      {
        title: "SLO",
        label: "slo",
        links: [
          dashboardOf("Show this SLO below", "slo-overview", {
            service: "${__data.fields.service}",
            slo: "${__data.fields.slo}",
          }),
        ],
      },
      { title: "Service", label: "service", width: 110 },
      {
        title: "Objective",
        expr: `sum by (service, slo) (${objectiveSeries})`,
        unit: "percentunit",
        width: 100,
      },
      {
        title: "SLI",
        expr: everySlo(slos, ({ ratio }) => ratio),
        unit: "percentunit",
        decimals: 3,
        width: 100,
      },
      {
        title: "Budget left",
        expr: remaining(lab),
        unit: "percentunit",
        decimals: 1,
        steps: budgetSteps,
        background: true,
        width: 120,
      },
      ...tiers.map((tier) => burnColumn(lab, tier)),
      {
        title: "Lasts",
        expr: everySlo(slos, (family) => secondsLeft(family, HOUR)),
        unit: "s",
        decimals: 1,
        steps: exhaustionSteps,
        states: lastsStates(slos),
        width: 110,
      },
      { title: "Told", expr: toldExpr, unit: "none", states: told, steps: [colour.quiet], width: 90 },
    ],
  });
}

export function budgetNow(lab: Lab) {
  return bars(
    {
      title: "Budget left",
      description:
        "The share of each error budget that is left of its whole period. Below 25 % put off what is risky; below " +
        "zero releases stop until it is earned back.",
      unit: "percentunit",
      decimals: 1,
      queries: [now(`sort(${remaining(lab)})`, "{{slo}}")],
      steps: budgetSteps,
      runbook: "ErrorBudgetLow",
    },
    0,
    1,
  );
}

export function budgetOverTime(lab: Lab) {
  return graph({
    title: "Budget left, over time",
    description:
      "A cliff is an incident: click it for the logs of that service at that time. A slope is a steady burn that no " +
      "page catches. It climbs when old incidents leave the period. Below zero the objective is missed. Latency is dashed.",
    unit: "percentunit",
    queries: [over(remaining(lab), "{{slo}}")],
    steps: budgetSteps,
    overrides: serviceColours(lab.services),
    runbook: "ErrorBudgetExhausted",
  })
    .lineWidth(2)
    .fillOpacity(0);
}

export function exhaustion({ slos }: Lab) {
  return bars(
    {
      title: "How long budgets last",
      description: "At the burn rate of the last hour. Red: less than five days, somebody should look today.",
      unit: "s",
      decimals: 1,
      queries: [now(`sort(${everySlo(slos, (family) => secondsLeft(family, HOUR))})`, "{{slo}}")],
      steps: exhaustionSteps,
      states: lastsStates(slos),
      runbook: "ErrorBudgetBurnRateWarning",
    },
    0,
    longestPeriod({ slos }),
  );
}

export function alertsFiring() {
  return tableOf({
    title: "SLO alerts firing",
    description:
      "What Prometheus tells Alertmanager now. The slower tiers of the same SLO are silent while a faster one fires. " +
      "Click an alert for its runbook. Empty is good.",
    empty: "No SLO alert is firing",
    sort: { by: "Severity" },
    columns: [
      { title: "Severity", label: label.severity, width: 90, states: severities },
      {
        title: "Alert",
        label: "alertname",
        links: [link("Runbook", runbookUrl("${__data.fields.alertname}"))],
      },
      { title: "SLO", label: label.slo, width: 180 },
      { title: "Tier", label: label.tier, width: 110 },
      { title: "Long window", label: label.longWindow, width: 110 },
      {
        title: "Firing",
        expr: `max by (severity, alertname, slo, slo_tier, long_window) (ALERTS{alertstate="firing",${label.category}="slo"})`,
        unit: "none",
        hidden: true,
      },
    ],
  });
}

/** Pages come first because "critical" sorts before "warning". */
const severities = {
  critical: { text: "page", color: colour.page },
  warning: { text: "ticket", color: colour.ticket },
};

function burnColumn({ slos }: Lab, tier: Tier): Column {
  return {
    title: `Burn ${duration(tier.longSeconds)} (${decimal(tier.factor)})`,
    expr: everySlo(slos, ({ sli }) => sloSeries.burnRate(sli, tier.longSeconds)),
    unit: "suffix: ×",
    decimals: 2,
    steps: burnSteps(tier),
    width: 120,
  };
}

function longestPeriod({ slos }: Pick<Lab, "slos">): number {
  return Math.max(...slos.map(({ window }) => window.seconds));
}
