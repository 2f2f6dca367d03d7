import { z } from "zod";
import { delay, description, duration, metadata, operator, optional } from "./common.ts";

export const alertConditionSpec = z.strictObject({
  description: optional(description),
  severity: z.string(),
  condition: z.strictObject({
    kind: optional(z.enum(["burnrate"])),
    op: optional(operator),
    threshold: z.number(),
    lookbackWindow: duration,
    alertAfter: optional(delay),
  }),
});

export const alertNotificationTargetSpec = z.strictObject({
  description: optional(description),
  target: z.string().min(1),
});

/** Either a reference or an object written in place; which of them, `convert/reference.ts` checks. */
const condition = z.strictObject({
  conditionRef: optional(z.string()),
  kind: optional(z.literal("AlertCondition")),
  metadata: optional(metadata),
  spec: optional(alertConditionSpec),
});

const notificationTarget = z.strictObject({
  targetRef: optional(z.string()),
  kind: optional(z.literal("AlertNotificationTarget")),
  metadata: optional(metadata),
  spec: optional(alertNotificationTargetSpec),
});

export const alertPolicySpec = z.strictObject({
  description: optional(description),
  alertWhenNoData: optional(z.boolean()),
  alertWhenResolved: optional(z.boolean()),
  alertWhenBreaching: optional(z.boolean()),
  conditions: z.array(condition),
  notificationTargets: z.array(notificationTarget),
});

export const inlineAlertPolicy = z.strictObject({
  alertPolicyRef: optional(z.string()),
  kind: optional(z.literal("AlertPolicy")),
  metadata: optional(metadata),
  spec: optional(alertPolicySpec),
});

export type AlertConditionSpec = z.infer<typeof alertConditionSpec>;
export type AlertPolicySpec = z.infer<typeof alertPolicySpec>;
export type InlineAlertPolicy = z.infer<typeof inlineAlertPolicy>;
