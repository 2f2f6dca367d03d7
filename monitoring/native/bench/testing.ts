/** What tests of the benchmark put in the place of a stack. */
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Crossing, Measurement } from "./follow.ts";

/**
 * Counters of 10 events a second since always, as they were at the last scrape before each moment that is asked for: one
 * scrape a second, a quarter after it.
 *
 * @param faultOn milliseconds since 1970.
 * @param badSince how many bad events came until so many seconds after the fault.
 */
export function counters(faultOn: number, badSince: (seconds: number) => number): PrometheusReader {
  return {
    value: () => Promise.reject(new Error("nobody asks for one value")),
    range: (expression, fromMs, toMs, step) => {
      const count = Math.floor(Math.min(toMs - fromMs, 1_600_000) / 1000 / step);
      const samples = Array.from({ length: count }, (_, index) => fromMs + index * step * 1000).map((at) => {
        const scrape = Math.floor(at / 1000 - 0.25) + 0.25;
        const seconds = scrape - faultOn / 1000;
        if (expression.startsWith("max(timestamp(")) return { at, value: scrape };
        const bad = badSince(seconds);
        return {
          at,
          value: expression.includes("5..") || expression.includes(" - ") ? bad : 1e6 + 10 * seconds,
        };
      });
      return Promise.resolve(samples);
    },
  };
}

const CROSSES = 1.2;

/** An outage that was measured. @param late as `Measurement` has it; @param change what else is different. */
export function measured(
  late: Partial<Measurement["late"]>,
  change: Partial<Omit<Measurement, "late" | "crossed">> & { readonly crossed?: Crossing } = {},
): Measurement {
  const { crossed = { by: "forecast", tier: "page-slow", crosses: CROSSES, within: 0 } } = change;
  const all = { ours: 12.3, sloth: 20.1, pyrra: 150.2, ...late };
  const page = (seconds: number | undefined) =>
    seconds === undefined ? undefined : crossed.crosses + seconds;
  return {
    batch: "outages",
    timeScale: 1,
    kind: "outage",
    fault: "order outage 503",
    slo: "order-availability",
    faultOn: Date.parse("2026-11-21T12:00:00Z"),
    due: { tier: "page-slow", crosses: CROSSES, historySeconds: 180, badShare: 1 },
    crossed,
    paged: { ours: page(all.ours), sloth: page(all.sloth), pyrra: page(all.pyrra) },
    late: all,
    ...change,
  };
}

/** A slow burn by whose events nothing crossed. @param paged as `Measurement` has it: by nobody unless said. */
export function uncrossed(paged: Partial<Measurement["paged"]> = {}): Measurement {
  const never = { ours: undefined, sloth: undefined, pyrra: undefined };
  return {
    ...measured(never),
    batch: "slow-burns",
    timeScale: 30,
    kind: "slow burn",
    fault: "user errors 1%",
    slo: "user-availability",
    due: { tier: "page-slow", crosses: 437.5, historySeconds: 180, badShare: 0.01 },
    crossed: "nothing crossed",
    paged: { ...never, ...paged },
  };
}
