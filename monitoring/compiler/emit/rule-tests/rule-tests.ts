/** Files of unit tests for the rules of a service. They differ in how often promtool evaluates every group. */
import { MINUTE } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import type { LinkBases } from "../../rules/annotations.ts";
import type { RuleGroup } from "../../rules/rule.ts";
import { constructions } from "../../windows.ts";
import type { GeneratedFile } from "../generated-file.ts";
import type { PrintedTest } from "./print-test.ts";
import { ruleTestFile } from "./rule-test.ts";
import { momentsOf, sloTests } from "./slo-tests.ts";
import type { Moments, SloTests } from "./slo-tests.ts";

/** What the files of a service are made of. */
export interface ServiceTests {
  /** Names the files, and its rule file. */
  readonly service: string;
  /** The names of the groups of its rule file, in order. */
  readonly groups: readonly string[];
  /** What the header names. */
  readonly sources: readonly string[];
  readonly moments: Moments;
  readonly tests: readonly SloTests[];
}

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
  const moments = momentsOf(slos);
  return ruleTestFiles({
    service,
    groups: groups.map((group) => group.name),
    sources: [...new Set(slos.map((slo) => slo.source.file))].toSorted(),
    moments,
    tests: slos.map((slo) => sloTests(slo, moments, bases)),
  });
}

/** Makes files of the tests of all SLOs of a service; none that would be empty. */
export function ruleTestFiles({ service, groups, sources, moments, tests }: ServiceTests): GeneratedFile[] {
  const files = [
    {
      name: service,
      evaluationSeconds: constructions.medium.intervalSeconds,
      tests: [...tests.flatMap(({ thresholds }) => thresholds), ...together(tests.map(({ pages }) => pages))],
    },
    {
      name: `${service}_tickets`,
      evaluationSeconds: constructions.long.intervalSeconds,
      tests: together(tests.map(({ tickets }) => tickets)),
    },
    {
      name: `${service}_windows`,
      evaluationSeconds: moments.medium,
      tests: tests.flatMap(({ windows }) => windows),
    },
    {
      name: `${service}_long_windows`,
      evaluationSeconds: moments.long,
      tests: tests.flatMap(({ longWindows }) => longWindows),
    },
  ];
  return files
    .filter((file) => file.tests.length > 0)
    .map((file) => ruleTestFile({ ruleFile: service, groups, sources, ...file }));
}

/** Plays the n-th test of every SLO at the same time: an evaluation costs the same whether one or all have data. */
function together(bySlo: readonly (readonly PrintedTest[])[]): PrintedTest[] {
  const byInterval = Map.groupBy(bySlo.flat(), (test) => test.intervalSeconds).keys();
  return [...byInterval].flatMap((intervalSeconds) => {
    const rows = bySlo.map((tests) => tests.filter((test) => test.intervalSeconds === intervalSeconds));
    const longest = Math.max(...rows.map((tests) => tests.length));
    return Array.from({ length: longest }, (_, index) => merged(rows.flatMap((tests) => tests[index] ?? [])));
  });
}

function merged(tests: readonly PrintedTest[]): PrintedTest {
  return {
    name: tests.map((test) => test.name).join("; "),
    intervalSeconds: tests[0]?.intervalSeconds ?? MINUTE,
    inputs: tests.reduce((text, { inputs }) => text + inputs, ""),
    alerts: "",
    values: tests.reduce((text, { values }) => text + values, ""),
  };
}
