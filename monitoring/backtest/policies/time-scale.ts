/** A stack that runs N times faster has windows that are N times shorter; its shares stay. */
import type { Slo } from "../../compiler/model.ts";
import type { PolicyAlert } from "./policy.ts";

/** An SLO whose period and slices are `scale` times shorter. Its tiers stay as they are: `scaledAlert` is for alerts. */
export function scaledSlo(slo: Slo, scale: number): Slo {
  const { window, budgeting } = slo;
  return {
    ...slo,
    window: { ...window, seconds: window.seconds / scale },
    budgeting:
      budgeting.method === "Occurrences"
        ? budgeting
        : { ...budgeting, sliceSeconds: budgeting.sliceSeconds / scale },
  };
}

/** An alert whose windows and `for` are `scale` times shorter. */
export function scaledAlert(alert: PolicyAlert, scale: number): PolicyAlert {
  return {
    ...alert,
    forSeconds: alert.forSeconds / scale,
    anyOf: alert.anyOf.map((condition) => ({
      ...condition,
      windows: condition.windows.map((window) => ({ ...window, seconds: window.seconds / scale })),
    })),
  };
}
