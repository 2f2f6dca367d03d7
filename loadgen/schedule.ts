import { arrivals } from "./arrivals.ts";
import { seededRandom } from "../services/kit/random.ts";
import { scenarioChooser } from "./choose.ts";
import type { RateCurve } from "./rate.ts";
import type { DrawnRequest, Scenario } from "./scenarios.ts";

/** One request that is to be sent, and when. */
export interface Start {
  /** Milliseconds since the epoch, with their fraction. Latency counts from here. */
  readonly at: number;
  readonly scenario: Scenario;
  readonly request: DrawnRequest;
}

export interface ScheduleOptions {
  /** Same seed, same schedule. */
  readonly seed: number;
  readonly rateAt: RateCurve;
  /** The beginning, milliseconds since the epoch. */
  readonly from: number;
  readonly scenarios: readonly Scenario[];
}

/**
 * Everything that the load generator will send, as a pure function of its options. Times, choices and bodies have
 * a random stream each, so a change of the scenario table leaves the times as they are.
 *
 * @returns starts in order of time, without end.
 */
export function* schedule({ seed, rateAt, from, scenarios }: ScheduleOptions): Generator<Start, never> {
  const choose = scenarioChooser(scenarios);
  const choices = seededRandom(seed, "choices");
  const bodies = seededRandom(seed, "bodies");
  const times = arrivals(rateAt, from, seededRandom(seed, "times"));
  for (;;) {
    const at = times.next().value;
    const scenario = choose(choices);
    yield { at, scenario, request: scenario.draw?.(bodies) ?? { path: scenario.path } };
  }
}
