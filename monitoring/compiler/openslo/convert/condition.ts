import { MINUTE } from "../../duration.ts";
import { shortestWindowSeconds, shortWindowDivisor } from "../limits.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import type { AlertConditionSpec } from "../schema/alerting.ts";
import { once } from "./context.ts";
import type { Context } from "./context.ts";
import { secondsOf } from "./duration.ts";
import { readSeverity } from "./severity.ts";
import type { TierWish } from "./tier.ts";

type Condition = AlertConditionSpec["condition"];

/**
 * Reads an alert condition: the lookback window is the long window, the short one is a twelfth of it, and the
 * threshold is the burn-rate factor.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readCondition(
  spec: Node<AlertConditionSpec>,
  context: Context,
): Omit<TierWish, "name"> | undefined {
  return once(context, spec, () => read(spec, context));
}

function read(spec: Node<AlertConditionSpec>, context: Context): Omit<TierWish, "name"> | undefined {
  const { log } = context;
  const severityNode = field(spec, "severity");
  const severity = severityNode && readSeverity(severityNode, context);
  const condition = field(spec, "condition");
  if (condition === undefined) return undefined;
  if (!has(condition, "kind")) {
    log.warning(
      placeAt(condition.source, [...condition.path, "kind"]),
      "condition-kind-missing",
      "kind is absent and read as burnrate, as the specification says; its SDK demands it",
      "Add kind: burnrate",
    );
  }
  warnOfOperator(condition, context);
  const threshold = field(condition, "threshold");
  const lookback = field(condition, "lookbackWindow");
  const after = field(condition, "alertAfter");
  if (threshold !== undefined && threshold.value <= 0) {
    const place = placeOf(threshold);
    log.error(
      place,
      "bad-threshold",
      "a burn rate is always 0 or more, so this fires for ever",
      "Write more than 0",
    );
    return undefined;
  }
  if (severity === undefined || threshold === undefined || lookback === undefined) return undefined;
  const longSeconds = secondsOf(lookback.value);
  return {
    severity,
    longSeconds,
    shortSeconds: shortWindow(longSeconds),
    forSeconds: after === undefined ? 0 : secondsOf(after.value),
    factor: threshold.value,
    node: lookback,
  };
}

/** A twelfth of the long window, in whole minutes, for longer windows are counted by the minute. */
export function shortWindow(longSeconds: number): number {
  const minutes = Math.round(longSeconds / shortWindowDivisor / MINUTE);
  return Math.max(shortestWindowSeconds, minutes * MINUTE);
}

function warnOfOperator(condition: Node<Condition>, { log }: Context): void {
  const op = field(condition, "op");
  if (!has(condition, "op")) {
    log.warning(
      placeAt(condition.source, [...condition.path, "op"]),
      "condition-op-missing",
      "op is absent and read as gt; OpenSLO's SDK demands it",
      "Add op: gt",
    );
  } else if (op?.value === "gte") {
    log.warning(
      placeOf(op),
      "burnrate-op-gte",
      "op gte is read as gt: at exactly the threshold the alert stays silent",
      "Write op: gt",
    );
  } else if (op?.value === "lt" || op?.value === "lte") {
    log.warning(
      placeOf(op),
      "burnrate-op-below",
      `op ${op.value} would alert while the budget burns slowly; it is read as gt, which the specification's text ("exceeds") says of its own example`,
      "Write op: gt",
    );
  }
}
