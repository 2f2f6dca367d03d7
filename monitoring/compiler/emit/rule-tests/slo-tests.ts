/**
 * The tests of one SLO, by how often promtool evaluates: every minute for what pages, every four minutes for tickets, and
 * once for windows, where only the last moment counts.
 */
import { HOUR } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import type { LinkBases } from "../../rules/annotations.ts";
import { planWindows } from "../../rules/plan.ts";
import { constructionOf, constructions } from "../../windows.ts";
import { incidentTests, nearMissTest } from "./incidents.ts";
import { printTest } from "./print-test.ts";
import type { PrintedTest } from "./print-test.ts";
import { rawIncidentTests } from "./raw-incidents.ts";
import { rawWindowTests } from "./raw-windows.ts";
import { longWindowTests, mediumWindowTests } from "./recorded-windows.ts";
import type { RuleTest } from "./rule-test.ts";
import { singleEventTest, tileTest } from "./single-counts.ts";
import { thresholdTests } from "./thresholds.ts";

export interface SloTests {
  readonly thresholds: readonly PrintedTest[];
  readonly pages: readonly PrintedTest[];
  readonly tickets: readonly PrintedTest[];
  readonly windows: readonly PrintedTest[];
  readonly longWindows: readonly PrintedTest[];
}

/** When the tests of windows look, in seconds: the same moment for all SLOs of a service, for they share files. */
export interface Moments {
  readonly medium: number;
  readonly long: number;
}

/** Tiles and slides divide it, so that both have a sample at the last moment of a test. */
const windowsStep = 6 * HOUR;

/** When every window of some SLOs is full: only then are the rules evaluated, so a test of 30 days takes two evaluations. */
export function momentsOf(slos: readonly Slo[]): Moments {
  const plans = slos.filter(isCounted).map(planWindows);
  const last = (windows: readonly number[]): number =>
    (Math.floor(Math.max(...windows, 0) / windowsStep) + 1) * windowsStep;
  return {
    medium: last(plans.flatMap((plan) => plan.medium)),
    long: last(plans.flatMap((plan) => plan.long)),
  };
}

/**
 * Writes the tests of one SLO.
 *
 * @param moments those of its service.
 * @param bases where the links of the alerts lead.
 */
export function sloTests(slo: Slo, moments: Moments, bases: LinkBases): SloTests {
  const counted = isCounted(slo);
  return {
    thresholds: thresholdTests(slo, bases).map(printTest),
    pages: (counted ? pageTests(slo) : []).map(printTest),
    tickets: (counted ? ticketTests(slo) : []).map(printTest),
    windows: (counted ? windowTests(slo, moments.medium) : []).map(printTest),
    longWindows: (counted ? longTests(slo, moments.long) : []).map(printTest),
  };
}

/** From raw counters where a tier has raw windows only, else through what its windows are made of. */
function pageTests(slo: Slo): RuleTest[] {
  const step = constructions.medium.intervalSeconds;
  return slo.alerting.tiers
    .filter((tier) => constructionOf(tier.longSeconds) !== "long")
    .flatMap((tier) => {
      const raw = rawIncidentTests(slo, tier, step);
      return raw.length > 0 ? raw.concat(nearMissTest(slo, tier, step)) : incidentTests(slo, tier, step);
    });
}

function ticketTests(slo: Slo): RuleTest[] {
  const slow = slo.alerting.tiers.filter((tier) => constructionOf(tier.longSeconds) === "long");
  return slow.flatMap((tier) => incidentTests(slo, tier, constructions.long.intervalSeconds));
}

function windowTests(slo: Slo, at: number): RuleTest[] {
  const plan = planWindows(slo);
  return [
    ...rawWindowTests(slo, plan.short, [...plan.medium, ...plan.long], at),
    ...mediumWindowTests(slo, plan.medium, at),
    ...(plan.long.length > 0 ? [tileTest(slo, at)] : []),
    singleEventTest(slo, plan.short, [...plan.short, ...plan.medium], at),
  ];
}

function longTests(slo: Slo, at: number): RuleTest[] {
  const { short, long } = planWindows(slo);
  if (long.length === 0) return [];
  return [...longWindowTests(slo, long, at), singleEventTest(slo, short, long, at)];
}

/** Slices are judged, not counted: their windows have no slides and no tiles. */
function isCounted(slo: Slo): boolean {
  return slo.budgeting.method === "Occurrences";
}
