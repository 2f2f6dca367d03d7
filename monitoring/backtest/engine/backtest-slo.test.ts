import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import { alerting, availability } from "../../compiler/emit/lab-slos.ts";
import type { Slo } from "../../compiler/model.ts";
import { builtInPolicies } from "../policies/built-in.ts";
import { backtestSlo } from "./backtest-slo.ts";
import type { SloResult } from "./backtest-slo.ts";
import type { Span } from "./span-counts.ts";

interface Play {
  readonly slo?: Slo;
  readonly step?: number;
  readonly seconds: number;
  /** Events a second. @default 100 */
  readonly rate?: number;
  /** The bad share at a moment. */
  readonly share: (second: number) => number;
  readonly partIs?: "good" | "bad";
  readonly spans?: readonly Span[];
  readonly evaluateFrom?: number;
}

/** Plays even traffic, from second 0 on, to all built-in policies; in chunks of odd length. */
function play({
  slo = availability("order"),
  step = 1,
  rate = 100,
  partIs = "bad",
  ...more
}: Play): SloResult {
  const alerts = builtInPolicies.flatMap((policy) =>
    policy.alertsFor(slo).map((alert) => ({ policy: policy.name, alert })),
  );
  const { spans = [], evaluateFrom = 0 } = more;
  const engine = backtestSlo({ slo, alerts, partIs, step, evaluateFrom, spans });
  const steps = more.seconds / step;
  for (let first = 0; first < steps; first += 997) {
    const count = Math.min(997, steps - first);
    const total = new Float64Array(count).fill(rate * step);
    const part = total.map((events, index) => {
      const share = more.share((first + index) * step);
      return events * (partIs === "bad" ? share : 1 - share);
    });
    engine.add({ from: first * step, total, part });
  }
  return engine.finish();
}

/** The first firing of an alert, as seconds after `since`, and how long it fired. */
function first(
  result: SloResult,
  policy: string,
  alert: string,
  since = 0,
): [number, number | null] | undefined {
  const found = result.firings.find((one) => one.policy === policy && one.alert === alert);
  return found && [found.start - since, found.end && found.end - since];
}

// The numbers are those of shared/reference/slo-facts.md, section 1: rounded up to whole seconds of evaluation.
describe("an outage on a clean history", () => {
  const [begin, end] = [3 * DAY, 3 * DAY + 10 * MINUTE];
  const outage = play({
    seconds: end + DAY,
    share: (at) => (at > begin && at <= end ? 1 : 0),
    spans: [{ start: begin, end }],
  });

  it("pages after 52 s and opens each other tier when its long window has enough", () => {
    expect(first(outage, "burnrate", "page-fast", begin)?.[0]).toBe(52);
    expect(first(outage, "burnrate", "page-slow", begin)?.[0]).toBe(130);
    expect(first(outage, "burnrate", "ticket-fast", begin)?.[0]).toBe(260);
    expect(first(outage, "burnrate", "ticket-slow", begin)?.[0]).toBe(260);
  });

  it("ends each tier when its short window is clean enough", () => {
    expect(first(outage, "burnrate", "page-fast", end)?.[1]).toBe(296);
    expect(first(outage, "burnrate", "page-slow", end)?.[1]).toBe(
      Math.ceil(30 * MINUTE - 0.006 * 30 * MINUTE),
    );
  });

  it("has spent 2 % of the budget when the fast page comes", () => {
    const page = outage.firings.find((one) => one.policy === "burnrate" && one.alert === "page-fast");
    expect(page?.budgetSpent).toBeCloseTo(0.02, 3);
    expect(((page?.badSoFar ?? 0) - (outage.spans[0]?.badBefore ?? 0)) / (page?.allowedBad ?? 1)).toBeCloseTo(
      0.02,
      3,
    );
  });

  it("counts what happened within the incident", () => {
    expect(outage.spans).toEqual([{ badBefore: 0, bad: 100 * 600, total: 100 * 600 }]);
  });

  it("keeps sloth's combined page until its slower half ends", () => {
    expect(first(outage, "sloth", "page", begin)?.[0]).toBe(52);
    expect(first(outage, "sloth", "page", end)?.[1]).toBe(Math.ceil(30 * MINUTE - 0.006 * 30 * MINUTE));
    expect(
      outage.firings.filter(({ policy, severity }) => policy === "sloth" && severity === "page"),
    ).toHaveLength(1);
  });

  it("makes pyrra wait for its `for`, and the plain threshold for five minutes", () => {
    // 14 × 0.1 % of 64 min is 53.76 s, and two minutes of `for`.
    expect(first(outage, "pyrra", "burn-14", begin)?.[0]).toBe(54 + 120);
    // 1 % of five minutes is 3 s.
    expect(first(outage, "threshold", "over-1-percent", begin)?.[0]).toBe(4 + 300);
  });
});

describe("an error ratio that stays", () => {
  it("never fires exactly at the threshold", () => {
    const at = play({ step: 60, rate: 1000, seconds: 6 * HOUR, share: () => 0.0144 });
    expect(first(at, "burnrate", "page-fast")).toBeUndefined();
    const above = play({ step: 60, rate: 1000, seconds: 6 * HOUR, share: () => 0.0145 });
    expect(first(above, "burnrate", "page-fast")).toEqual([0, null]);
  });

  it("counts a window longer than the history by what there is", () => {
    const { firings } = play({ step: 60, seconds: HOUR, share: () => 0.002 });
    expect(
      firings
        .filter(({ policy }) => policy === "burnrate")
        .map(({ alert, sinceBefore }) => [alert, sinceBefore]),
    ).toEqual([["ticket-slow", true]]);
  });

  it("evaluates nothing before the range, and fills windows from there", () => {
    const result = play({
      step: 60,
      seconds: 2 * DAY,
      share: (at) => (at < DAY ? 1 : 0),
      evaluateFrom: DAY + HOUR,
    });
    expect(result.events.bad).toBe(0);
    expect(first(result, "burnrate", "page-fast")).toBeUndefined();
    expect(first(result, "burnrate", "ticket-fast")?.[0]).toBe(DAY + HOUR);
  });
});

describe("other ways to count", () => {
  it("takes good events as well as bad ones", () => {
    const share = (at: number): number => (at >= HOUR && at < 2 * HOUR ? 0.05 : 0);
    const [bad, good] = (["bad", "good"] as const).map((partIs) =>
      play({ step: 60, seconds: 3 * HOUR, share, partIs }),
    );
    expect(good?.firings.map(({ alert, start, end }) => [alert, start, end])).toEqual(
      bad?.firings.map(({ alert, start, end }) => [alert, start, end]),
    );
  });

  it("holds back while the long window has too few events", () => {
    const quiet = { step: 60, rate: 1 / 60, seconds: 3 * HOUR, share: () => 1 };
    const guarded = availability("order", { alerting: alerting({ minimumEvents: 50 }) });
    expect(first(play(quiet), "burnrate", "page-fast")?.[0]).toBe(0);
    expect(first(play({ ...quiet, slo: guarded }), "burnrate", "page-fast")?.[0]).toBe(49 * 60);
  });

  it("judges time slices, each once", () => {
    const slo = availability("order", {
      budgeting: { method: "Timeslices", sliceSeconds: MINUTE, sliceTarget: 0.95 },
    });
    // 4 % bad leaves every slice good; 6 % makes every slice bad, which is a total outage of slices.
    const mild = play({ slo, step: 30, seconds: 2 * HOUR, share: (at) => (at > HOUR ? 0.04 : 0) });
    expect(mild.firings.filter(({ policy }) => policy === "burnrate")).toEqual([]);
    const harsh = play({ slo, step: 30, seconds: 8 * HOUR, share: (at) => (at > 7 * HOUR ? 0.06 : 0) });
    expect(first(harsh, "burnrate", "page-fast", 7 * HOUR)?.[0]).toBe(MINUTE);
  });

  it("takes a slice's bad share where slices are averaged", () => {
    const slo = availability("order", { budgeting: { method: "RatioTimeslices", sliceSeconds: MINUTE } });
    const result = play({ slo, step: 30, seconds: 2 * HOUR, share: (at) => (at >= HOUR ? 0.5 : 0) });
    // 59 whole slices, and one whose second step alone was bad.
    expect(result.events.bad).toBeCloseTo(59 * 0.5 + 0.25, 6);
  });
});

describe("memory", () => {
  it("does not grow with the history", () => {
    const sizes = [DAY, 40 * DAY].map((seconds) => play({ step: 5 * MINUTE, seconds, share: () => 0 }).bytes);
    expect(sizes[0]).toBe(sizes[1]);
    expect(sizes[0]).toBe(2 * 8 * ((30 * DAY) / (5 * MINUTE) + 2));
  });
});
