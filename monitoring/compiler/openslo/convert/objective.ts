import { decimal, exact } from "../../decimal.ts";
import { percent } from "../../explain/format.ts";
import type { Indicator } from "../../model.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import type { Objective } from "../schema/slo.ts";
import type { Context } from "./context.ts";
import { histogramIndicator } from "./histogram.ts";
import type { Sli } from "./sli.ts";

/** A target, and the field that says it. */
export interface Target {
  readonly share: number;
  readonly node: Node<number>;
}

/**
 * Reads an objective's target.
 *
 * @returns undefined when it is missing or leaves no budget, which is then told.
 */
export function readTarget(objective: Node<Objective>, { log }: Context): Target | undefined {
  if (has(objective, "target") === has(objective, "targetPercent")) {
    log.error(
      placeOf(objective),
      "one-target",
      has(objective, "target")
        ? "both target and targetPercent are given"
        : "neither target nor targetPercent is given",
      "Write exactly one, such as target: 0.999",
    );
    return undefined;
  }
  const node = field(objective, "target") ?? field(objective, "targetPercent");
  if (node === undefined) return undefined;
  const isPercent = has(objective, "targetPercent");
  const share = exact(isPercent ? node.value / 100 : node.value);
  if (share > 0 && share < 1) return { share, node };
  const shape = isPercent ? "99.9" : "0.999";
  if (share > 1 && !isPercent && node.value < 100) {
    log.error(
      placeOf(node),
      "target-is-percent",
      `got ${decimal(node.value)}, want a share below 1`,
      `Did you mean targetPercent: ${decimal(node.value)} (target: ${decimal(node.value / 100)})?`,
    );
  } else if (share >= 1) {
    log.error(
      placeOf(node),
      "target-without-budget",
      `a target of ${percent(share)} leaves no error budget, so one bad event spends it for ever`,
      `Write less, such as ${shape}`,
    );
  } else {
    log.error(
      placeOf(node),
      "target-asks-nothing",
      `a target of ${percent(share)} asks for nothing: everything may fail, so no alert can ever fire`,
      `Write more than 0, such as ${shape}`,
    );
  }
  return undefined;
}

/**
 * Joins an SLI with an objective's `op` and `value`, which a threshold needs and a ratio has no use for.
 *
 * @returns undefined when they do not fit, which is then told.
 */
export function readIndicator(sli: Sli, objective: Node<Objective>, context: Context): Indicator | undefined {
  const op = field(objective, "op");
  const value = field(objective, "value");
  if (sli.kind === "ratio") {
    warnOfComparison(op, "op", context);
    warnOfComparison(value, "value", context);
    return sli.indicator;
  }
  for (const key of ["op", "value"] as const) {
    if (has(objective, key)) continue;
    context.log.error(
      placeAt(objective.source, [...objective.path, key]),
      "missing-field",
      `a threshold metric needs ${key}`,
      key === "op"
        ? "Add op: lte if low values are good, op: gte if high ones are"
        : "Add the value to compare with",
    );
  }
  if (op === undefined || value === undefined) return undefined;
  if (sli.kind === "histogram") return histogramIndicator(sli.histogram, op.value, value, context);
  return { kind: "threshold-samples", query: sli.query, op: op.value, value: value.value };
}

function warnOfComparison(node: Node<unknown> | undefined, key: "op" | "value", { log }: Context): void {
  if (node === undefined) return;
  log.warning(
    placeOf(node),
    `${key}-on-ratio`,
    `${key} means nothing with a ratio metric and is left out; the specification's examples have it, its SDK forbids it`,
    "Remove it",
  );
}
