import { decimal } from "../../decimal.ts";
import { duration, MINUTE } from "../../duration.ts";
import type { Budgeting, SloWindow } from "../../model.ts";
import { constructions } from "../../windows.ts";
import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeAt, placeOf } from "../read/place.ts";
import type { Objective, SloSpec } from "../schema/slo.ts";
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
  window: SloWindow | undefined,
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
  const sliceSeconds = readSlice(objective, window, context);
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
function readSlice(
  objective: Node<Objective>,
  sloWindow: SloWindow | undefined,
  { log }: Context,
): number | undefined {
  const slice = field(objective, "timeSliceWindow");
  if (slice === undefined) return undefined;
  const seconds = typeof slice.value === "number" ? slice.value * MINUTE : secondsOf(slice.value);
  if (typeof slice.value === "number") {
    log.warning(
      placeOf(slice),
      "slice-window-number",
      `a bare ${slice.value} is read as minutes, as the specification says; its SDK wants a duration`,
      `Write ${slice.value}m`,
    );
  }
  if (sloWindow?.kind !== "calendar" || seconds <= constructions.long.intervalSeconds) return seconds;
  const longest = duration(constructions.long.intervalSeconds);
  log.error(
    placeOf(slice),
    "calendar-slice",
    `a calendar window counts slices of at most ${longest}, for Prometheus looks back no further for one`,
    `Write ${longest} or less, or use a rolling window`,
  );
  return undefined;
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
      : `got ${decimal(target.value)}, want a share above 0 and up to 1`,
    "Write a share such as 0.95",
  );
  return undefined;
}
