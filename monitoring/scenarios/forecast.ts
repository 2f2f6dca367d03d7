import { forecast, type Usual } from "../predict/forecast.ts";
import type { ExpectedEffect } from "../predict/expected.ts";
import type { Timeline } from "../predict/timeline.ts";
import type { PlannedStep } from "./plan.ts";

/**
 * Says what a plan is going to do to an SLI: for `predictTiers`.
 *
 * @param past see predict/history.ts; its 0 is the beginning of the plan.
 */
export function scenarioForecast(
  past: Timeline,
  sli: Pick<ExpectedEffect, "service" | "sli">,
  usual: Usual,
  plan: readonly PlannedStep[],
): Timeline {
  /** A fault ends at its time, or when a later step mends its service. */
  const span = ({ atMs, lastsMs, step }: PlannedStep) => {
    const mends = plan.filter((each) => each.atMs > atMs && each.step.off !== undefined);
    const mended = mends.find((each) => each.step.off === step.fault?.service)?.atMs ?? Infinity;
    return { from: atMs / 1000, to: Math.min(atMs + lastsMs, mended) / 1000 };
  };
  const faults = plan.flatMap((each) =>
    each.step.fault === undefined ? [] : [{ ...each.step.fault, ...span(each) }],
  );
  const loads = plan.flatMap((each) =>
    each.step.load === undefined ? [] : [{ factor: each.step.load.factor, ...span(each) }],
  );
  return forecast(past, sli, usual, faults, loads);
}
