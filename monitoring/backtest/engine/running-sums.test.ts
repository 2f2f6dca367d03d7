import { expect, it } from "vitest";
import { runningSums } from "./running-sums.ts";

it("gives the same sums as adding up by hand, however often the ring has turned", () => {
  const sums = runningSums(7);
  const added: number[] = [];
  for (let step = 1; step <= 100; step++) {
    added.push(step % 11);
    sums.add(step % 11, step);
    for (const window of [1, 2, 7]) {
      expect(sums.part(window)).toBe(added.slice(-window).reduce((sum, value) => sum + value, 0));
    }
  }
  expect(sums.total(7)).toBe(94 + 95 + 96 + 97 + 98 + 99 + 100);
});

it("takes a share of the step in which a window begins", () => {
  const sums = runningSums(4);
  for (const events of [10, 20, 30]) sums.add(0, events);
  expect(sums.total(1.5)).toBe(30 + 10);
  expect(sums.total(4)).toBe(60);
});
