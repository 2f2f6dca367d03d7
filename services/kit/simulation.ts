import { latencySampler } from "./latency.ts";
import { freshSeed, seededRandom, weighted } from "./random.ts";
import { spaced } from "./spaced.ts";
import type { LatencyModel } from "./latency.ts";
import type { Random } from "./random.ts";

/** `reference` turns every simulated failure into a 5xx; see each service's `behaviour.ts`. */
export type Profile = "default" | "reference";

export interface SimulationOptions {
  /** Off: everything is instant and succeeds. @default true */
  on?: boolean;
  /** Which failure rates hold. @default "default" */
  profile?: Profile;
  /** Equal seeds behave equally. @default a random one */
  seed?: number;
}

/**
 * Where simulated time and failures come from. Every source has a name and with it a random sequence of its own,
 * so that a new source leaves the others' behaviour as it was.
 */
export interface Simulation {
  readonly profile: Profile;
  /** A sampler of milliseconds. */
  latency(name: string, model: LatencyModel): () => number;
  /** A decider that is true for the given share of its calls, at irregular but never bunched moments. */
  share(name: string, share: number): () => boolean;
  /** A sampler of a weighted table; its first value when the simulation is off. */
  outcome<T>(name: string, table: readonly (readonly [value: T, weight: number])[]): () => T;
  /** The plain random sequence of a name. */
  random(name: string): Random;
}

/** Creates the simulation that a service draws its behaviour from. */
export function createSimulation({
  on = true,
  profile = "default",
  seed = freshSeed(),
}: SimulationOptions = {}): Simulation {
  const random = (name: string): Random => seededRandom(seed, name);
  return {
    profile,
    random,
    latency: (name, model) => (on ? latencySampler(random(name), model) : () => 0),
    share: (name, share) => (on ? spaced(random(name), share) : () => false),
    outcome(name, table) {
      const draws = random(name);
      const [first] = table;
      if (first === undefined) throw new RangeError(`the outcome table ${name} is empty`);
      return on ? () => weighted(draws, table) : () => first[0];
    },
  };
}
