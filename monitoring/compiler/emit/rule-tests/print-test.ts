/** One unit test of promtool's as text. */
import { duration } from "../../duration.ts";
import { printScalar, printYaml } from "../yaml.ts";
import type { Yaml } from "../yaml.ts";
import type { AlertCheck, RuleTest } from "./rule-test.ts";

/** A test whose parts are printed, so that several can be played as one. */
export interface PrintedTest {
  /** Not yet quoted. */
  readonly name: string;
  readonly intervalSeconds: number;
  /** Items of `input_series`, `alert_rule_test` and `promql_expr_test`; empty where a test has none. */
  readonly inputs: string;
  readonly alerts: string;
  readonly values: string;
}

/** Prints the parts of a test. They are most of all text, and of one shape: no detour over objects. */
export function printTest({ name, intervalSeconds, inputs, alerts, values }: RuleTest): PrintedTest {
  const lines: string[] = [];
  for (const input of inputs) {
    lines.push("      - series: ", printScalar(input.series), "\n        values: ");
    lines.push(printScalar(input.values), "\n");
  }
  return {
    name,
    intervalSeconds,
    inputs: lines.join(""),
    alerts: alerts === undefined ? "" : printYaml(alerts.map(printable), "      "),
    values: printValues(values ?? []),
  };
}

/** Prints a test as an item of the list `tests`. */
export function testText({ name, intervalSeconds, inputs, alerts, values }: PrintedTest): string {
  const head = `  - name: ${printScalar(name)}\n    interval: ${duration(intervalSeconds)}\n`;
  const alertPart = alerts === "" ? "" : `    alert_rule_test:\n${alerts}`;
  const valuePart = values === "" ? "" : `    promql_expr_test:\n${values}`;
  return `${head}    input_series:\n${inputs}${alertPart}${valuePart}`;
}

function printValues(values: NonNullable<RuleTest["values"]>): string {
  const lines: string[] = [];
  for (const { expr, atSeconds, samples } of values) {
    lines.push("      - expr: ", printScalar(expr), "\n        eval_time: ", at(atSeconds));
    lines.push("\n        exp_samples:\n");
    for (const { labels, value } of samples) {
      lines.push("          - labels: ", printScalar(labels), "\n            value: ", String(value), "\n");
    }
  }
  return lines.join("");
}

function printable(check: AlertCheck): Yaml {
  return {
    alertname: check.alert,
    eval_time: at(check.atSeconds),
    exp_alerts: check.firing.map(({ labels, annotations }) => ({
      exp_labels: labels,
      exp_annotations: annotations,
    })),
  };
}

function at(seconds: number): string {
  return seconds === 0 ? "0s" : duration(seconds);
}
