import { loadScenario, scenarioNames } from "../../scenarios/load.ts";
import { describeStep, planEnd, planScenario } from "../../scenarios/plan.ts";
import { runScenario } from "../../scenarios/run.ts";
import type { Scenario } from "../../scenarios/schema.ts";
import type { FaultDesk } from "./fault-desk.ts";

/** A scenario that goes on, or the last one that did. Milliseconds since 1970. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly startedAt: number;
  readonly endsAt: number;
  /** The steps that were carried out, in words. */
  readonly steps: readonly string[];
  readonly stepCount: number;
  readonly state: "running" | "over" | "stopped" | "failed";
  /** Why it failed, in words. */
  readonly problem: string | null;
}

export interface ScenarioReading {
  /** Empty where nothing can be switched. */
  readonly scenarios: readonly Scenario[];
  readonly run: ScenarioRun | null;
}

/** Ready-made incidents, one at a time. */
export interface ScenarioDesk {
  readonly read: () => ScenarioReading;
  /** Begins a scenario, unless one is running. @returns false when there is none of that name, or one is running. */
  readonly start: (name: string) => boolean;
  /** Ends the one that is running, and switches off what it switched on. */
  readonly stop: () => void;
}

export interface ScenarioDeskOptions {
  readonly desk: FaultDesk;
  readonly timeScale: number;
  readonly onChange: () => void;
  readonly now: () => Date;
}

/** Reads the scenarios' files once. @throws ScenarioError when one of them is not right */
export function createScenarioDesk({ desk, timeScale, onChange, now }: ScenarioDeskOptions): ScenarioDesk {
  const scenarios =
    desk.read().services.length === 0 ? [] : scenarioNames().map((name) => loadScenario(name));
  let run: ScenarioRun | null = null;
  let ending = new AbortController();

  async function carryOut(scenario: Scenario, signal: AbortSignal): Promise<void> {
    const change = (changes: Partial<ScenarioRun>): void => {
      if (run !== null) run = { ...run, ...changes };
      onChange();
    };
    try {
      await runScenario(scenario, desk.switchesFor(scenario.name), {
        timeScale,
        signal,
        onEvent: (event) => {
          if (event.kind === "step") change({ steps: [...(run?.steps ?? []), describeStep(event.step)] });
        },
      });
      change({ state: "over" });
    } catch (error) {
      if (signal.aborted) change({ state: "stopped" });
      else change({ state: "failed", problem: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    read: () => ({ scenarios, run }),
    start(name) {
      const scenario = scenarios.find((each) => each.name === name);
      if (scenario === undefined || run?.state === "running") return false;
      const plan = planScenario(scenario, { timeScale });
      const startedAt = now().getTime();
      run = {
        scenario,
        startedAt,
        endsAt: startedAt + planEnd(scenario, plan, timeScale),
        steps: [],
        stepCount: plan.length,
        state: "running",
        problem: null,
      };
      ending = new AbortController();
      void carryOut(scenario, ending.signal);
      onChange();
      return true;
    },
    stop: () => ending.abort(new Error("stopped by somebody at the console")),
  };
}
