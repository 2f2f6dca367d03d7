/** What is compared: alert policies, each as the alerts that it makes for one SLO. Durations are seconds, shares 0 to 1. */
import type { Slo } from "../../compiler/model.ts";
import { exact } from "../../compiler/decimal.ts";

/** A window whose bad share must be above a threshold. Strictly: at the threshold nothing fires, as in PromQL. */
export interface WindowAbove {
  readonly seconds: number;
  /** Share of events. */
  readonly above: number;
}

/** All of its windows above their thresholds, and enough events in the longest of them. */
export interface Condition {
  readonly windows: readonly WindowAbove[];
  /** 0 turns the low-traffic guard off. */
  readonly minimumEvents: number;
}

export interface PolicyAlert {
  readonly name: string;
  /** Whether it wakes somebody. */
  readonly severity: "page" | "ticket";
  /** It holds when any of these does. */
  readonly anyOf: readonly Condition[];
  readonly forSeconds: number;
}

export interface Policy {
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  /** The alerts that it makes for an SLO. */
  readonly alertsFor: (slo: Slo) => readonly PolicyAlert[];
}

/** The longest window of an alert, in seconds. */
export function longestWindow({ anyOf }: PolicyAlert): number {
  return Math.max(...anyOf.flatMap(({ windows }) => windows.map(({ seconds }) => seconds)));
}

/** The error budget of an SLO as a share of its events. */
export function budgetOf({ target }: Pick<Slo, "target">): number {
  return exact(1 - target);
}

/** The bad share that a burn rate means for an SLO. */
export function thresholdOf(slo: Pick<Slo, "target">, factor: number): number {
  return exact(factor * budgetOf(slo));
}
