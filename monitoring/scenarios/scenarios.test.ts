import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ServiceName } from "../../services/topology.ts";
import { DAY } from "../compiler/duration.ts";
import { defaultTiers, tiersFor } from "../compiler/windows.ts";
import { evenHistory } from "../predict/history.ts";
import { predictTiers } from "../predict/predict.ts";
import { scenarioForecast } from "./forecast.ts";
import { loadScenario, scenarioNames } from "./load.ts";
import { describeStep, planEnd, planScenario } from "./plan.ts";

const tiers = tiersFor(defaultTiers, 30 * DAY);
/** What goes wrong anyway, by SLO: services/burn-rates.test.ts has the bounds. */
const usualShare: Readonly<Record<string, number>> = {
  "order-availability": 0.000_65,
  "order-latency": 0.0065,
  "payment-availability": 0.0013,
  "payment-latency": 0.013,
  "user-availability": 0.000_15,
  "user-latency": 0.0003,
};

/** The tiers of an SLO that fire in a scenario, by arithmetic. */
function firing(name: string, slo: string, historySeconds: number): string[] {
  const [service, sli] = slo.split("-") as [ServiceName, "availability" | "latency"];
  const usual = { eventsPerSecond: service === "order" ? 10 : 13, badShare: usualShare[slo] ?? 0 };
  const past = evenHistory({ ...usual, seconds: historySeconds });
  const timeline = scenarioForecast(past, { service, sli }, usual, planScenario(loadScenario(name)));
  const policy = { target: sli === "availability" ? 0.999 : 0.99, tiers };
  return predictTiers(policy, timeline).flatMap(({ tier, crosses }) => (crosses < Infinity ? [tier] : []));
}

describe("the scenarios", () => {
  it("are the eight that the console shows", () => {
    expect(scenarioNames()).toEqual([
      "bad-deploy",
      "cascading-failure",
      "creeping-errors",
      "flapping",
      "idle-night",
      "payment-gateway-down",
      "slow-database",
      "traffic-burst",
    ]);
  });

  it.each(scenarioNames())(
    "%s alerts as it says, by arithmetic, after a full window and after a young one",
    (name) => {
      const { expect: wanted } = loadScenario(name);
      for (const historySeconds of [Infinity, 900]) {
        for (const { slo, tiers: any } of wanted.alerts) {
          expect(firing(name, slo, historySeconds).filter((tier) => any.includes(tier))).not.toEqual([]);
        }
        for (const slo of wanted.quiet) {
          const pages = firing(name, slo, historySeconds).filter((tier) => tier.startsWith("page"));
          expect([slo, ...pages]).toEqual([slo]);
        }
      }
    },
  );

  it.each(scenarioNames())("%s ends by itself within its time", (name) => {
    const scenario = loadScenario(name);
    const plan = planScenario(scenario);
    expect(planEnd(scenario, plan)).toBeLessThanOrEqual(scenario.lasts + scenario.jitter);
    for (const { lastsMs } of plan) expect(lastsMs).toBeLessThanOrEqual(3_600_000);
  });
});

describe("the plan of a scenario", () => {
  it("is the same for the same seed, and faster when time is", () => {
    const flapping = loadScenario("flapping");
    expect(planScenario(flapping)).toEqual(planScenario(flapping, { seed: 5 }));
    expect(planScenario(flapping, { seed: 6 })).not.toEqual(planScenario(flapping));
    const [first] = planScenario(flapping, { seed: 6, timeScale: 10 });
    expect(first?.lastsMs).toBe(4000);
    const late = planScenario(flapping).map(({ atMs, step }) => atMs - step.at);
    expect(late.every((milliseconds) => milliseconds >= 0 && milliseconds <= 3000)).toBe(true);
    expect(new Set(late).size).toBe(4);
  });

  it("can be read", () => {
    const steps = ["payment-gateway-down", "idle-night"].flatMap((name) => planScenario(loadScenario(name)));
    expect(steps.map(describeStep)).toEqual([
      "payment: dependency dead (fraud-check) for 10 min",
      "traffic 0.02 times as usual for 20 min",
      "user: errors 5% for 15 min",
    ]);
  });
});

describe("a scenario file that is not right", () => {
  function refusal(text: string): string {
    const folder = mkdtempSync(path.join(tmpdir(), "burnrate-scenarios-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(path.join(folder, "mine.yaml"), text);
    try {
      loadScenario("mine", folder);
      return "";
    } catch (error) {
      return (error as Error).message.replaceAll(/^.*mine\.yaml/gm, "mine.yaml");
    }
  }
  const head =
    "title: t\ndescription: d\nseed: 1\njitter: 0s\nlasts: 5m\nexpect: { alerts: [], quiet: [] }\n";

  it("is refused with the place and what is wanted", () => {
    const step = "steps: [{ at: 0s, fault: { service: order, fault: errors, variant: 7%, for: 2h } }]";
    expect(refusal(head + step)).toBe(
      'mine.yaml: steps[0].fault.for: got "2h", want a time above 0 and up to 1h, such as 90s or 5m; what lasts longer takes several steps',
    );
    expect(refusal(head + step.replace("2h", "1h"))).toBe(
      'mine.yaml: steps[0].fault.variant: got "7%", want one of 1%, 5%, 20%, 50%, 100%',
    );
    const dependency = "{ service: order, fault: dependency, variant: dead, for: 1m }";
    expect(refusal(`${head}steps: [{ at: 0s, fault: ${dependency} }]`)).toBe(
      "mine.yaml: steps[0].fault.target: got nothing, want one of user, payment",
    );
    expect(refusal(`${head}steps: [{ at: 0s }]`)).toBe(
      "mine.yaml: steps[0]: want exactly one of fault, load and off",
    );
    expect(refusal(`${head}steps: [{ at: 0s, load: { factor: 0, for: 1m } }]`)).toBe(
      "mine.yaml: steps[0].load.factor: want a number from 0.01 to 20",
    );
  });

  it("is refused when it has a key that nobody knows", () => {
    expect(refusal(`${head}colour: red\nsteps: [{ at: 0s, off: order }]`)).toBe(
      'mine.yaml: Unrecognized key: "colour"',
    );
  });

  it("is refused when it is no YAML", () => {
    expect(refusal("title: [")).toContain("mine.yaml: Flow sequence in block collection must be");
  });

  it("is named beside those that there are when it is not there", () => {
    expect(() => loadScenario("bad-deplo")).toThrow(
      'there is no scenario "bad-deplo", want one of bad-deploy, cascading-failure, creeping-errors, ',
    );
  });
});
