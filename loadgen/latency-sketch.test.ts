import { describe, expect, it } from "vitest";
import { LatencySketch } from "./latency-sketch.ts";

describe("LatencySketch", () => {
  it("knows each quantile of 1 to 1000 ms within 1 %", () => {
    const sketch = new LatencySketch();
    for (let ms = 1; ms <= 1000; ms += 1) sketch.observe(ms / 1000);
    for (const share of [0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
      expect(Math.abs(sketch.quantile(share) / share - 1)).toBeLessThan(0.01);
    }
  });

  it("says NaN when nothing was observed", () => {
    expect(new LatencySketch().quantile(0.5)).toBeNaN();
  });

  it("counts what is outside its range as the nearer end", () => {
    const sketch = new LatencySketch();
    sketch.observe(0);
    sketch.observe(1e6);
    expect(sketch.quantile(0.5)).toBeCloseTo(0.0001, 6);
    expect(Math.abs(sketch.quantile(1) / 120 - 1)).toBeLessThan(0.01);
  });

  it("lets one slow answer in a hundred show in the 99.5th percentile and not in the 95th", () => {
    const sketch = new LatencySketch();
    for (let i = 0; i < 99; i += 1) sketch.observe(0.05);
    sketch.observe(5);
    expect(sketch.quantile(0.95)).toBeLessThan(0.051);
    expect(sketch.quantile(0.995)).toBeGreaterThan(4.9);
  });
});
