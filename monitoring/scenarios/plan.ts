import { seededRandom } from "../../services/kit/random.ts";
import type { Scenario, ScenarioStep } from "./schema.ts";

/** A step with its moment; milliseconds after the beginning, in the time of the stack that it is for. */
export interface PlannedStep {
  readonly atMs: number;
  /** How long its fault or its load lasts; 0 for what ends something. */
  readonly lastsMs: number;
  readonly step: ScenarioStep;
}

export interface PlanOptions {
  /** How many times faster than real time. @default 1 */
  readonly timeScale?: number | undefined;
  /** @default the scenario's own */
  readonly seed?: number | undefined;
}

/**
 * Decides when each step is due: its offset, and a part of the jitter that the seed decides. Pure.
 *
 * @returns the steps in order of time.
 */
export function planScenario(scenario: Scenario, { timeScale = 1, seed }: PlanOptions = {}): PlannedStep[] {
  const random = seededRandom(seed ?? scenario.seed, scenario.name);
  const steps = scenario.steps.map((step) => ({
    atMs: (step.at + random() * scenario.jitter) / timeScale,
    lastsMs: (step.fault?.for ?? step.load?.for ?? 0) / timeScale,
    step,
  }));
  return steps.toSorted((a, b) => a.atMs - b.atMs);
}

/** When all of a plan is over: the scenario's own length, or the end of its last fault. Milliseconds. */
export function planEnd(scenario: Scenario, plan: readonly PlannedStep[], timeScale = 1): number {
  return Math.max(scenario.lasts / timeScale, ...plan.map(({ atMs, lastsMs }) => atMs + lastsMs));
}

/** Says a step in words: `payment: errors 20% for 10m`. */
export function describeStep({ step, lastsMs }: PlannedStep): string {
  const span = `for ${describeTime(lastsMs)}`;
  if (step.load !== undefined) return `traffic ${step.load.factor} times as usual ${span}`;
  if (step.off !== undefined) return `${step.off}: mended`;
  const { service, fault, variant, target } = step.fault ?? {};
  return `${service}: ${fault} ${variant}${target === undefined ? "" : ` (${target})`} ${span}`;
}

/** A time for people: `45 s`, `10 min`, `3 h`. @param milliseconds at least 0 */
export function describeTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  return seconds < 7200
    ? `${Number((seconds / 60).toFixed(1))} min`
    : `${Number((seconds / 3600).toFixed(1))} h`;
}
