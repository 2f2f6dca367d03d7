import { MINUTE } from "../../duration.ts";
import type { Budgeting } from "../../model.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import type { Objective, SloSpec } from "../schema/slo.ts";
import { percent } from "../wording.ts";
import type { Context } from "./context.ts";
import { secondsOf } from "./duration.ts";

/**
 * Reads how the budget is counted. Each method has its own fields, and those of another one are refused.
 *
 * @returns undefined when they do not fit, which is then told.
 */
export function readBudgeting(
  spec: Node<SloSpec>,
  objective: Node<Objective>,
  context: Context,
): Budgeting | undefined {
  const method = field(spec, "budgetingMethod")?.value;
  if (method === undefined) return undefined;
  const wanted = { timeSliceWindow: method !== "Occurrences", timeSliceTarget: method === "Timeslices" };
  for (const key of ["timeSliceWindow", "timeSliceTarget"] as const) {
    if (has(objective, key) === wanted[key]) continue;
    context.log.error(
      placeAt(objective.source, [...objective.path, key]),
      wanted[key] ? "missing-field" : "slice-field",
      wanted[key] ? `${method} needs ${key}` : `${key} means nothing with budgetingMethod ${method}`,
      wanted[key] ? `Add ${key}` : "Remove it, or choose another budgetingMethod",
    );
  }
  if (method === "Occurrences") return { method };
  const sliceSeconds = readSlice(objective, context);
  if (sliceSeconds === undefined) return undefined;
  if (method === "RatioTimeslices") return { method, sliceSeconds };
  const sliceTarget = readSliceTarget(objective, context);
  return sliceTarget === undefined ? undefined : { method, sliceSeconds, sliceTarget };
}

/**
 * Reads the length of a time slice. A bare number is minutes: the specification allows it, its SDK does not.
 *
 * @returns seconds, or undefined when it is missing or broken.
 */
function readSlice(objective: Node<Objective>, { log }: Context): number | undefined {
  const window = field(objective, "timeSliceWindow");
  if (window === undefined) return undefined;
  if (typeof window.value === "string") return secondsOf(window.value);
  log.warning(
    placeOf(window),
    "slice-window-number",
    `a bare ${window.value} is read as minutes, as the specification says; its SDK wants a duration`,
    `Write ${window.value}m`,
  );
  return window.value * MINUTE;
}

/**
 * Reads the share of good events that makes a slice good.
 *
 * @returns a share above 0 and up to 1, or undefined when it is missing or cannot tell slices apart.
 */
function readSliceTarget(objective: Node<Objective>, { log }: Context): number | undefined {
  const target = field(objective, "timeSliceTarget");
  if (target === undefined) return undefined;
  if (target.value > 0 && target.value <= 1) return target.value;
  log.error(
    placeOf(target),
    "slice-target",
    target.value === 0
      ? "a slice target of 0 makes every slice good, so no alert can ever fire"
      : `got ${percent(target.value)}, want a share above 0 and up to 1`,
    "Write a share such as 0.95",
  );
  return undefined;
}
