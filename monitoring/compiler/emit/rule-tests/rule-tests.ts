/**
 * Unit tests for the rules of a service, in files that differ in how often promtool evaluates (it ignores the groups'
 * own intervals): every minute for what pages, every four minutes for tickets, and once for windows, where only
 * the last moment counts.
 */
import { HOUR, MINUTE } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import type { LinkBases } from "../../rules/annotations.ts";
import { planWindows } from "../../rules/plan.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { constructionOf, constructions } from "../../windows.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { incidentTests, nearMissTest } from "./incidents.ts";
import { rawIncidentTests } from "./raw-incidents.ts";
import { rawWindowTests } from "./raw-windows.ts";
import { longWindowTests, mediumWindowTests } from "./recorded-windows.ts";
import { singleEventTest, tileTest } from "./single-counts.ts";
import { ruleTestFile } from "./rule-test.ts";
import type { RuleTest } from "./rule-test.ts";
import { thresholdTests } from "./thresholds.ts";

/** Tiles and slides divide it, so that both have a sample at the last moment of a test. */
const windowsStep = 6 * HOUR;

/**
 * Writes the tests of one service's rule file.
 *
 * @param service names the files.
 * @param slos of that service.
 * @param groups of its rule file, in order.
 * @param bases where the links of the alerts lead.
 * @returns files for `promtool test rules`; none that would be empty.
 */
export function ruleTests(
  service: string,
  slos: readonly Slo[],
  groups: readonly RuleGroup[],
  bases: LinkBases,
): GeneratedFile[] {
  const sources = [...new Set(slos.map((slo) => slo.source.file))].toSorted();
  const shared = { ruleFile: service, groups: groups.map((group) => group.name), sources };
  const counted = slos.filter(isCounted);
  const recordedAt = lastMoment(counted.flatMap((slo) => planWindows(slo).medium));
  const longAt = lastMoment(counted.flatMap((slo) => planWindows(slo).long));
  const files = [
    {
      name: service,
      evaluationSeconds: constructions.medium.intervalSeconds,
      tests: [...slos.flatMap((slo) => thresholdTests(slo, bases)), ...together(slos.map(pageTests))],
    },
    {
      name: `${service}_tickets`,
      evaluationSeconds: constructions.long.intervalSeconds,
      tests: together(slos.map(ticketTests)),
    },
    {
      name: `${service}_windows`,
      evaluationSeconds: recordedAt,
      tests: counted.flatMap((slo) => windowTests(slo, recordedAt)),
    },
    {
      name: `${service}_long_windows`,
      evaluationSeconds: longAt,
      tests: counted.flatMap((slo) => longTests(slo, longAt)),
    },
  ];
  return files.filter((file) => file.tests.length > 0).map((file) => ruleTestFile({ ...shared, ...file }));
}

/** From raw counters where a tier has raw windows only, else through what its windows are made of. */
function pageTests(slo: Slo): RuleTest[] {
  const step = constructions.medium.intervalSeconds;
  if (!isCounted(slo)) return [];
  return slo.alerting.tiers
    .filter((tier) => constructionOf(tier.longSeconds) !== "long")
    .flatMap((tier) => {
      const raw = rawIncidentTests(slo, tier, step);
      return raw.length > 0 ? raw.concat(nearMissTest(slo, tier, step)) : incidentTests(slo, tier, step);
    });
}

function ticketTests(slo: Slo): RuleTest[] {
  const slow = slo.alerting.tiers.filter((tier) => constructionOf(tier.longSeconds) === "long");
  return isCounted(slo)
    ? slow.flatMap((tier) => incidentTests(slo, tier, constructions.long.intervalSeconds))
    : [];
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

/** When every window is full: only then are the rules evaluated, so a test of 30 days takes two evaluations. */
function lastMoment(windows: readonly number[]): number {
  return (Math.floor(Math.max(...windows, 0) / windowsStep) + 1) * windowsStep;
}

/** Slices are judged, not counted: their windows have no slides and no tiles. */
function isCounted(slo: Slo): boolean {
  return slo.budgeting.method === "Occurrences";
}

/** Plays the n-th test of every SLO at the same time: an evaluation costs the same whether one or all have data. */
function together(bySlo: readonly (readonly RuleTest[])[]): RuleTest[] {
  const byInterval = Map.groupBy(bySlo.flat(), (test) => test.intervalSeconds).keys();
  return [...byInterval].flatMap((intervalSeconds) => {
    const rows = bySlo.map((tests) => tests.filter((test) => test.intervalSeconds === intervalSeconds));
    const longest = Math.max(...rows.map((tests) => tests.length));
    return Array.from({ length: longest }, (_, index) => merged(rows.flatMap((tests) => tests[index] ?? [])));
  });
}

function merged(tests: readonly RuleTest[]): RuleTest {
  return {
    name: tests.map((test) => test.name).join("; "),
    intervalSeconds: tests[0]?.intervalSeconds ?? MINUTE,
    inputs: tests.flatMap((test) => test.inputs),
    values: tests.flatMap((test) => test.values ?? []),
  };
}
