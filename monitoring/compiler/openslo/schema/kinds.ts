import { z } from "zod";
import { alertConditionSpec, alertNotificationTargetSpec, alertPolicySpec } from "./alerting.ts";
import { description, object, optional } from "./common.ts";
import { sliSpec } from "./sli.ts";
import { sloSpec } from "./slo.ts";

/** The schemas of OpenSLO v1's seven kinds. */
export const kinds = {
  DataSource: object(
    "DataSource",
    z.strictObject({
      description: optional(description),
      type: z.string().min(1),
      connectionDetails: z.unknown(),
    }),
  ),
  Service: object("Service", optional(z.strictObject({ description: optional(description) }))),
  SLI: object("SLI", sliSpec),
  SLO: object("SLO", sloSpec),
  AlertPolicy: object("AlertPolicy", alertPolicySpec),
  AlertCondition: object("AlertCondition", alertConditionSpec),
  AlertNotificationTarget: object("AlertNotificationTarget", alertNotificationTargetSpec),
} as const;

export type Kind = keyof typeof kinds;

export type ObjectOf<K extends Kind> = z.infer<(typeof kinds)[K]>;
