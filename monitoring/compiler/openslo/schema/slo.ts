import { z } from "zod";
import { inlineAlertPolicy } from "./alerting.ts";
import { description, duration, metadata, operator, optional } from "./common.ts";
import type { FormatName } from "./common.ts";
import { sliSpec } from "./sli.ts";

const indicator = z.strictObject({ metadata, spec: sliSpec });

const objective = z.strictObject({
  displayName: optional(z.string()),
  op: optional(operator),
  value: optional(z.number()),
  target: optional(z.number()),
  targetPercent: optional(z.number()),
  timeSliceTarget: optional(z.number()),
  timeSliceWindow: optional(
    z.union([z.number().int().positive(), duration], { error: "slice-window" satisfies FormatName }),
  ),
  indicator: optional(indicator),
  indicatorRef: optional(z.string()),
  compositeWeight: optional(z.number()),
});

const timeWindow = z.strictObject({
  duration,
  isRolling: optional(z.boolean()),
  calendar: optional(z.strictObject({ startTime: z.string(), timeZone: z.string() })),
});

export const sloSpec = z.strictObject({
  description: optional(description),
  service: z.string().min(1),
  indicator: optional(indicator),
  indicatorRef: optional(z.string()),
  timeWindow: optional(z.array(timeWindow)),
  budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
  objectives: z.array(objective),
  alertPolicies: optional(z.array(inlineAlertPolicy)),
});

export type SloSpec = z.infer<typeof sloSpec>;
export type Objective = z.infer<typeof objective>;
export type TimeWindow = z.infer<typeof timeWindow>;
