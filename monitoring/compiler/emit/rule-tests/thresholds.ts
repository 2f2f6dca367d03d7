/** Both sides of every threshold of every alert: the values that it compares are fed in, one step a minute. */
import { exact } from "../../decimal.ts";
import { MINUTE } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { alertName, sloSeries } from "../../names.ts";
import { budgetAlerts, burnRateAlert, noDataAlert, noDataWindow, rateWindow } from "../../rules/alerts.ts";
import {
  budgetAnnotations,
  burnRateAnnotations,
  moment,
  noDataAnnotations,
  timeToExhaustion,
} from "../../rules/annotations.ts";
import type { LinkBases } from "../../rules/annotations.ts";
import { identity, own } from "../../rules/promql.ts";
import { spoken } from "../../rules/voice.ts";
import type { Voice } from "../../rules/voice.ts";
import { budgetLowShare, constructionOf, noDataForSeconds } from "../../windows.ts";
import type { Tier } from "../../windows.ts";
import { expectFiring } from "./checks.ts";
import { fed, fedBad, neighbours, ownInput } from "./neighbours.ts";
import type { AlertCheck, RuleTest } from "./rule-test.ts";
import { constant, sampleValues } from "./series.ts";

/** What the fed series say while an alert's texts are looked at. */
const goodShare = 0.75;
const budgetLeft = 0.5;
/** A burn rate and a count that make every comparison true, for series that must not be read. */
const alarming = 1_000_000;

/** Tests of all alerts of an SLO. */
export function thresholdTests(slo: Slo, bases: LinkBases): RuleTest[] {
  const { tiers, whenNoData } = slo.alerting;
  return [
    ...tiers.map((tier) => tierTest(slo, tier, bases)),
    ...(tiers.length > 0 ? [budgetTest(slo, bases)] : []),
    ...(whenNoData ? [noDataTest(slo, bases)] : []),
  ];
}

function tierTest(slo: Slo, tier: Tier, bases: LinkBases): RuleTest {
  const { factor } = tier;
  const [above, below] = [exact(factor * 1.0001), exact(factor * 0.9999)];
  const enough = slo.alerting.minimumEvents;
  const steps = [
    { long: factor, short: factor, events: enough },
    { long: above, short: factor, events: enough },
    { long: factor, short: above, events: enough },
    { long: above, short: below, events: enough },
    { long: below, short: above, events: enough },
    ...(enough > 0 ? [{ long: above, short: above, events: enough - 1 }] : []),
    { long: above, short: above, events: enough },
  ];
  // With a `for`, each step lasts until an alert that began with it would fire.
  const minutes = Math.ceil((tier.forSeconds ?? 0) / MINUTE) + 1;
  const held = steps.flatMap((step) => Array.from({ length: minutes }, () => step));
  const [long, short, total, bad] = [
    sloSeries.burnRate(slo.sli, tier.longSeconds),
    sloSeries.burnRate(slo.sli, tier.shortSeconds),
    sloSeries.total(slo.sli, tier.longSeconds),
    sloSeries.bad(slo.sli, tier.longSeconds),
  ];
  const rule = burnRateAlert(slo, tier, bases);
  const checks = steps.map((_, index): AlertCheck => {
    const atSeconds = ((index + 1) * minutes - 1) * MINUTE;
    if (index < steps.length - 1) return { alert: rule.alert, atSeconds, firing: [] };
    const known = answers(slo, tier, above, atSeconds);
    const say = spoken(above, (promql) => known.get(promql));
    const annotations = burnRateAnnotations(slo, tier, rule.alert, bases, say);
    const firing = [{ labels: { ...rule.labels, ...identity(slo) }, annotations }];
    return { alert: rule.alert, atSeconds, firing };
  });
  const beside = [long, short].flatMap((series) => neighbours(slo, series, constant(alarming, held.length)));
  const name = `${slo.name}: ${tier.name} fires above a burn rate of ${factor} in both windows, and not at it`;
  const base = { name, intervalSeconds: MINUTE };
  if (enough > 0) {
    // A fed total makes the rules write burn rates of their own: the fed ones stand next to them, and the events are
    // all good, so that the rules' own ones are 0.
    const counted = slo.budgeting.method === "Occurrences" && constructionOf(tier.longSeconds) === "short";
    const good = (events: number): number => (counted ? fedBad(slo, { bad: 0, difference: -events }) : 0);
    const inputs = [
      ownInput(slo, long, sampleValues(held.map((step) => step.long)), fed),
      ownInput(slo, short, sampleValues(held.map((step) => step.short)), fed),
      ownInput(slo, total, sampleValues(held.map((step) => step.events)), fed),
      ownInput(slo, bad, sampleValues(held.map((step) => good(step.events))), fed),
      ...neighbours(slo, total, constant(alarming, held.length)),
    ];
    const values = checks.map(({ atSeconds, firing }) =>
      expectFiring(slo, tier, firing.length === 0 ? 0 : 1, atSeconds),
    );
    return { ...base, inputs: [...inputs, ...beside], values };
  }
  const inputs = [
    ownInput(slo, long, sampleValues(held.map((step) => step.long))),
    ownInput(slo, short, sampleValues(held.map((step) => step.short))),
    ownInput(slo, sloSeries.ratio(slo.sli, tier.longSeconds), constant(goodShare, held.length)),
    ownInput(slo, sloSeries.remaining(slo.sli), constant(budgetLeft, held.length)),
  ];
  return { ...base, inputs: [...inputs, ...beside], alerts: checks };
}

function answers(slo: Slo, tier: Tier, burnRate: number, atSeconds: number): Map<string, number> {
  return new Map([
    [`1 - ${own(sloSeries.ratio(slo.sli, tier.longSeconds), slo)}`, 1 - goodShare],
    [own(sloSeries.remaining(slo.sli), slo), budgetLeft],
    [timeToExhaustion(slo, tier.longSeconds), (budgetLeft * slo.window.seconds) / burnRate],
    ...moments(atSeconds, tier.longSeconds),
  ]);
}

function moments(atSeconds: number, range: number): [string, number][] {
  return [0, range].map((ago) => [moment(ago), 1000 * (atSeconds - ago)]);
}

function budgetTest(slo: Slo, bases: LinkBases): RuleTest {
  const remaining = sloSeries.remaining(slo.sli);
  const justBelow = exact(budgetLowShare * 0.999);
  const steps = [
    { left: 1, neighbour: 0.1 },
    { left: budgetLowShare, neighbour: 0.1 },
    { left: justBelow, neighbour: 0.1, alert: alertName.low },
    { left: 0.0001, neighbour: 0.1, alert: alertName.low },
    { left: 0, neighbour: 0.1, alert: alertName.exhausted },
    { left: -0.5, neighbour: 0.1, alert: alertName.exhausted },
    { left: 1, neighbour: -1 },
  ];
  const checks = budgetAlerts(slo, bases).flatMap(({ alert, labels }) =>
    steps.map((step, minute): AlertCheck => {
      const atSeconds = minute * MINUTE;
      if (step.alert !== alert) return { alert, atSeconds, firing: [] };
      const say = spoken(step.left, asked(moments(atSeconds, slo.window.seconds)));
      const annotations = budgetAnnotations(slo, alert, rateWindow(slo), bases, say);
      const firing = [{ labels: { ...labels, ...identity(slo) }, annotations }];
      return { alert, atSeconds, firing };
    }),
  );
  return {
    name: `${slo.name}: the budget is low below ${budgetLowShare}, and spent from 0 down`,
    intervalSeconds: MINUTE,
    inputs: [
      ownInput(slo, remaining, sampleValues(steps.map((step) => step.left))),
      ...neighbours(slo, remaining, sampleValues(steps.map((step) => step.neighbour))),
    ],
    alerts: checks,
  };
}

function noDataTest(slo: Slo, bases: LinkBases): RuleTest {
  const window = noDataWindow(slo);
  const total = sloSeries.total(slo.sli, window);
  const rule = noDataAlert(slo, window, bases);
  const idleMinutes = Math.ceil(noDataForSeconds / MINUTE) + 2;
  const fires = idleMinutes * MINUTE + noDataForSeconds;
  const say: Voice = spoken(1, asked(moments(fires, 6 * 60 * MINUTE)));
  const firing = [
    {
      labels: { ...rule.labels, ...identity(slo) },
      annotations: noDataAnnotations(slo, rule.alert, bases, say),
    },
  ];
  return {
    name: `${slo.name}: an idle SLI is no alert, an SLI that is gone is one`,
    intervalSeconds: MINUTE,
    inputs: [
      ownInput(slo, total, `${constant(0, idleMinutes)} stale`),
      ...neighbours(slo, total, constant(1, 2 * idleMinutes)),
    ],
    alerts: [
      { alert: rule.alert, atSeconds: (idleMinutes - 1) * MINUTE, firing: [] },
      { alert: rule.alert, atSeconds: fires - MINUTE, firing: [] },
      { alert: rule.alert, atSeconds: fires, firing },
    ],
  };
}

function asked(answers: readonly [string, number][]): (promql: string) => number | undefined {
  const known = new Map(answers);
  return (promql) => known.get(promql);
}
