import { describe, expect, it } from "vitest";
import { createSimulation } from "./simulation.ts";

const model = { mean: 100, sigma: 10, tail: 0.01 };
const table = [
  ["good", 1],
  ["bad", 1],
] as const;
const draw = <T>(sample: () => T): T[] => Array.from({ length: 100 }, sample);

describe("the simulation", () => {
  it("behaves the same for the same seed", () => {
    const behaviour = () => {
      const simulation = createSimulation({ seed: 5 });
      return [
        draw(simulation.latency("a", model)),
        draw(simulation.share("b", 0.2)),
        draw(simulation.outcome("c", table)),
      ];
    };
    expect(behaviour()).toEqual(behaviour());
  });

  it("gives each name a sequence of its own", () => {
    const simulation = createSimulation({ seed: 5 });
    expect(draw(simulation.latency("a", model))).not.toEqual(draw(simulation.latency("b", model)));
  });

  it("takes no time and always succeeds when it is off", () => {
    const simulation = createSimulation({ on: false });
    expect(new Set(draw(simulation.latency("a", model)))).toEqual(new Set([0]));
    expect(new Set(draw(simulation.share("b", 0.5)))).toEqual(new Set([false]));
    expect(new Set(draw(simulation.outcome("c", table)))).toEqual(new Set(["good"]));
  });

  it("refuses an empty outcome table", () => {
    expect(() => createSimulation().outcome("c", [])).toThrow("the outcome table c is empty");
  });
});
