/** From SLOs to files. Nothing is read and nothing is written here: see write.ts. */
import type { Slo } from "../model.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import type { LinkBases } from "../rules/annotations.ts";
import { applicationGroups } from "../rules/application.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { printedRuleFile, ruleFile } from "./rule-file.ts";
import type { RuleFormat } from "./rule-file.ts";
import { ruleTestFiles } from "./rule-tests/rule-tests.ts";
import { momentsOf } from "./rule-tests/slo-tests.ts";
import { sharedText } from "./shared-text.ts";
import { sloCatalogue } from "./slo-catalogue.ts";

export interface CompileOptions {
  /** Plain rule files, or PrometheusRule resources. @default "prometheus" */
  readonly format?: RuleFormat;
  /** Where the links of the alerts lead. @default defaultLinkBases */
  readonly links?: LinkBases;
  /** Also emit rules/application.yml: RED by service and USE, which need no SLO. @default true */
  readonly application?: boolean;
  /** N: everything N times faster, from 1 to 60; above 1 there are no rule tests, which are about real time. @default 1 */
  readonly timeScale?: number;
}

/** The rule file that belongs to no service. */
const application = "application";

/**
 * Compiles SLOs to rule files, rule tests and the catalogue that dashboards and console read.
 *
 * @param slos at least one; their order does not matter.
 * @param options see CompileOptions.
 * @returns the files in order of their paths; the same input gives the same bytes.
 * @throws RangeError when there is no SLO, a service's name is taken, a window cannot be recorded, or the
 *   time scale is out of range.
 */
export function compileSlos(slos: readonly Slo[], options: CompileOptions = {}): GeneratedFile[] {
  return [...compileEach(slos, options)].toSorted(byPath);
}

/**
 * Compiles SLOs as `compileSlos` does, one service after another, so that nobody need hold all of it: the text of a
 * thousand SLOs is above a hundred megabytes.
 *
 * @yields the files of the first service, of the next one, and so on; then what belongs to no service.
 */
export function* compileEach(
  slos: readonly Slo[],
  options: CompileOptions = {},
): Generator<GeneratedFile, void> {
  const { format = "prometheus", links = defaultLinkBases, timeScale = 1 } = options;
  const { application: withApplication = true } = options;
  if (slos.length === 0) throw new RangeError("no SLO to compile");
  const ordered = slos.toSorted((a, b) => compare(a.name, b.name));
  const byService = Map.groupBy(ordered, (slo) => slo.service);
  if (byService.has(application) && withApplication) {
    throw new RangeError(`service ${application}: its rules would overwrite rules/${application}.yml`);
  }
  const print = sharedText({ format, links, timeScale });
  for (const [service, own] of byService) {
    const moments = momentsOf(own);
    const sources = sourcesOf(own);
    const texts = own.map((slo) => print(slo, moments));
    const groups = texts.flatMap(({ groupNames }) => groupNames);
    const tests = texts.flatMap(({ tests }) => tests ?? []);
    const rules = printedRuleFile({
      name: service,
      groups: texts.map(({ groups }) => groups),
      sources,
      format,
    });
    yield* [...ruleTestFiles({ service, groups, sources, moments, tests }), rules].toSorted(byPath);
  }
  if (withApplication) {
    const sources = ["monitoring/compiler/rules/application.ts"];
    yield ruleFile({ name: application, groups: applicationGroups(), sources, format, timeScale });
  }
  yield sloCatalogue(ordered);
}

function sourcesOf(slos: readonly Slo[]): string[] {
  return [...new Set(slos.map((slo) => slo.source.file))].toSorted(compare);
}

function byPath(a: GeneratedFile, b: GeneratedFile): number {
  return compare(a.path, b.path);
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
