import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { faultMetrics } from "./fault-metrics.ts";
import { createFaultBoard } from "./faults.ts";
import { seriesOf } from "./testing.ts";

function setUp(targets: readonly string[]) {
  const registry = new Registry();
  const board = createFaultBoard({ targets });
  faultMetrics(registry, board);
  const on = async () =>
    (await registry.metrics())
      .split("\n")
      .filter((line) => line.startsWith("fault_active") && line.endsWith(" 1"));
  return { registry, board, on };
}

describe("the metric of faults", () => {
  it("has every fault of the catalogue from the start, dependency faults for each neighbour", async () => {
    const { registry, on } = setUp(["user", "payment"]);
    const series = seriesOf(await registry.metrics());
    expect(series).toHaveLength(14);
    expect(series).toContain('fault_active{fault="errors",variant="20%",target=""}');
    expect(series).toContain('fault_active{fault="dependency",variant="dead",target="payment"}');
    expect(await on()).toEqual([]);
  });

  it("has no dependency fault where there is no neighbour", async () => {
    const { registry } = setUp([]);
    expect(seriesOf(await registry.metrics())).toHaveLength(10);
  });

  it("is 1 while a fault is on, and 0 again behind it", async () => {
    const { board, on } = setUp(["user"]);
    board.add({ fault: "dependency", variant: "slow", target: "user", lasts: 60_000 });
    board.add({ fault: "outage", variant: "503", lasts: 60_000 });
    expect(await on()).toEqual([
      'fault_active{fault="outage",variant="503",target=""} 1',
      'fault_active{fault="dependency",variant="slow",target="user"} 1',
    ]);
    board.clear();
    expect(await on()).toEqual([]);
  });
});
