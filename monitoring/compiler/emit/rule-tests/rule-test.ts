/** promtool's unit tests, as data and as a file. */
import { duration } from "../../duration.ts";
import { header } from "../generated-file.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { printYaml } from "../yaml.ts";
import { testText } from "./print-test.ts";
import type { PrintedTest } from "./print-test.ts";

/** One unit test: series go in, rules are evaluated, alerts and values are looked at. */
export interface RuleTest {
  readonly name: string;
  /** Seconds between the samples of every input. */
  readonly intervalSeconds: number;
  readonly inputs: readonly Input[];
  readonly alerts?: readonly AlertCheck[];
  readonly values?: readonly ValueCheck[];
}

export interface Input {
  readonly series: string;
  /** In promtool's notation; see series.ts. */
  readonly values: string;
}

export interface AlertCheck {
  readonly alert: string;
  readonly atSeconds: number;
  /** Every alert of that name that fires then. */
  readonly firing: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

export interface ValueCheck {
  readonly expr: string;
  readonly atSeconds: number;
  readonly samples: readonly { readonly labels: string; readonly value: number }[];
}

export interface RuleTestFile {
  readonly name: string;
  readonly ruleFile: string;
  /** How often promtool evaluates every group, whatever the group's own interval, in seconds. */
  readonly evaluationSeconds: number;
  /** Groups in the order in which they feed each other. */
  readonly groups: readonly string[];
  readonly sources: readonly string[];
  readonly tests: readonly PrintedTest[];
}

/** Prints a file of unit tests for `promtool test rules`. */
export function ruleTestFile(file: RuleTestFile): GeneratedFile {
  const head = {
    rule_files: [`../rules/${file.ruleFile}.yml`],
    evaluation_interval: duration(file.evaluationSeconds),
    group_eval_order: file.groups,
  };
  const content = [header(file.sources), printYaml(head), "tests:\n", ...file.tests.map(testText)].join("");
  return { path: `rule-tests/${file.name}_test.yml`, content };
}
