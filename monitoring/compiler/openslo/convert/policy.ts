import { field, has, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { AlertPolicySpec } from "../schema/alerting.ts";
import { readCondition } from "./condition.ts";
import { once } from "./context.ts";
import type { Context } from "./context.ts";
import { resolveItem } from "./reference.ts";
import type { TierWish } from "./tier.ts";

/** What an alert policy asks for. */
export interface Policy {
  /** The tier and its name; absent when the policy does not alert on breaches. */
  readonly tier?: TierWish;
  readonly whenNoData: boolean;
  /** Labels that name its notification targets. */
  readonly routing: Readonly<Record<string, string>>;
}

/**
 * Reads an alert policy: one condition, one tier; its targets become labels that Alertmanager can route by.
 *
 * @returns undefined when something is wrong with it, which is then told.
 */
export function readPolicy(spec: Node<AlertPolicySpec>, context: Context): Policy | undefined {
  return once(context, spec, () => read(spec, context));
}

/** The label that says that a notification target wants an alert: `notify_on_call_mail`. */
function notifyLabel(target: string): string {
  return `notify_${target.replaceAll(/[^a-zA-Z0-9_]/g, "_")}`;
}

function read(spec: Node<AlertPolicySpec>, context: Context): Policy | undefined {
  checkSwitches(spec, context);
  const tier = readTier(spec, context);
  const routing = readTargets(spec, context);
  const breaching = field(spec, "alertWhenBreaching")?.value ?? false;
  const whenNoData = field(spec, "alertWhenNoData")?.value ?? false;
  if (tier === undefined || routing === undefined) return undefined;
  return { whenNoData, routing, ...(breaching && { tier }) };
}

function readTier(spec: Node<AlertPolicySpec>, context: Context): Policy["tier"] | undefined {
  const conditions = field(spec, "conditions");
  if (conditions === undefined) return undefined;
  if (conditions.value.length !== 1) {
    context.log.error(
      placeOf(conditions),
      "one-condition",
      `got ${conditions.value.length} conditions, and OpenSLO v1 allows exactly one`,
      "Write one AlertPolicy for each condition, and list them all in the SLO's alertPolicies",
    );
    return undefined;
  }
  const item = items(conditions)[0];
  const condition = item && resolveItem("AlertCondition", item, "conditionRef", context);
  const wish = condition && readCondition(condition.spec, context);
  const name = condition?.metadata && field(condition.metadata, "name");
  return wish && name && { ...wish, name: name.value };
}

function readTargets(spec: Node<AlertPolicySpec>, context: Context): Record<string, string> | undefined {
  const targets = field(spec, "notificationTargets");
  if (targets === undefined) return undefined;
  if (targets.value.length === 0) {
    const place = placeOf(targets);
    context.log.error(
      place,
      "no-target",
      "the policy notifies nobody",
      "Add a targetRef or a target in place",
    );
  }
  const labels: Record<string, string> = {};
  for (const item of items(targets)) {
    const target = resolveItem("AlertNotificationTarget", item, "targetRef", context);
    const name = target?.metadata && field(target.metadata, "name");
    const way = target && field(target.spec, "target");
    if (name === undefined || way === undefined) continue;
    const label = notifyLabel(name.value);
    if (labels[label] !== undefined) {
      context.log.error(
        placeOf(item),
        "label-collision",
        `two of the targets become the label ${label}`,
        "Name the targets more differently, or list each once",
      );
    }
    labels[label] = way.value;
  }
  return labels;
}

/** The three booleans: absent means false. */
function checkSwitches(spec: Node<AlertPolicySpec>, { log }: Context): void {
  const breaching = field(spec, "alertWhenBreaching")?.value ?? false;
  const noData = field(spec, "alertWhenNoData")?.value ?? false;
  const resolved = field(spec, "alertWhenResolved");
  if (resolved?.value === true && !breaching) {
    log.error(
      placeOf(resolved),
      "resolved-without-breaching",
      "Alertmanager tells of an end only where it told of a beginning, and alertWhenBreaching is not true",
      "Add alertWhenBreaching: true, or remove alertWhenResolved",
    );
  } else if (resolved?.value === false && breaching) {
    log.warning(
      placeOf(resolved),
      "resolved-by-receiver",
      "in Alertmanager each receiver decides whether it tells that an alert has ended, not each alert",
      "Set send_resolved of the receiver that this policy's notify label is routed to",
    );
  }
  if (breaching || noData || has(spec, "alertWhenResolved")) return;
  log.warning(
    placeOf(spec),
    "policy-never-alerts",
    "alertWhenBreaching and alertWhenNoData are absent, which means false, so this policy never alerts",
    "Add alertWhenBreaching: true",
  );
}
