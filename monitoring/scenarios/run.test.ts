import { describe, expect, it, vi } from "vitest";
import type { FaultClient } from "../faults/client.ts";
import type { Switches } from "../faults/switches.ts";
import { loadScenario } from "./load.ts";
import { runScenario, type ScenarioEvent } from "./run.ts";
import type { Scenario } from "./schema.ts";

/** Fault switches that remember what they were told. */
function switches(refuse?: string) {
  const calls: string[] = [];
  let count = 0;
  const client = (name: string): FaultClient => ({
    overview: () => Promise.resolve({ catalogue: [], active: [] }),
    switchOn: (order) => {
      if (order.fault === refuse) return Promise.reject(new Error(`${name} refuses ${order.fault}`));
      calls.push(`${name} ${order.fault} ${order.variant} ${order.for}`);
      count += 1;
      return Promise.resolve({ ...order, id: `fault-${count}`, startedAt: 0, expiresAt: 0 });
    },
    switchOff: (id) => Promise.resolve(void calls.push(`${name} off ${id}`)),
    clear: () => Promise.resolve(void calls.push(`${name} clear`)),
  });
  const all: Switches = {
    faults: new Map([
      ["order", client("order")],
      ["user", client("user")],
    ]),
    load: undefined,
  };
  return { all, calls };
}

const base = { ...loadScenario("bad-deploy"), jitter: 0, lasts: 20 };
const fault = (service: "order" | "user", name = "errors") =>
  ({ service, fault: name, variant: "5%", for: 60_000 }) as const;
const scenario = (steps: Scenario["steps"]): Scenario => ({ ...base, steps });

function run(steps: Scenario["steps"], refuse?: string, signal = new AbortController().signal) {
  const { all, calls } = switches(refuse);
  const events: ScenarioEvent[] = [];
  const done = runScenario(scenario(steps), all, {
    signal,
    timeScale: 10_000,
    onEvent: (event) => events.push(event),
  });
  return { done, calls, kinds: () => events.map(({ kind }) => kind) };
}

describe("a scenario that runs", () => {
  it("switches on in order, each with an end of its own, and tells of it", async () => {
    const { done, calls, kinds } = run([
      { at: 30_000, fault: fault("user") },
      { at: 0, fault: fault("order") },
    ]);
    await done;
    expect(calls).toEqual(["order errors 5% 6ms", "user errors 5% 6ms"]);
    expect(kinds()).toEqual(["step", "step", "over"]);
  });

  it("ends what it switched on, and nothing else, where a step says so", async () => {
    const { done, calls } = run([
      { at: 0, fault: fault("order") },
      { at: 1000, fault: fault("user") },
      { at: 2000, off: "order" },
    ]);
    await done;
    expect(calls.at(-1)).toBe("order off fault-1");
  });

  it("undoes what it switched on when it is ended early", async () => {
    const stop = new AbortController();
    const { done, calls, kinds } = run(
      [{ at: 0, fault: { ...fault("order"), for: 1e9 } }],
      undefined,
      stop.signal,
    );
    await vi.waitFor(() => expect(kinds()).toEqual(["step"]));
    stop.abort(new Error("Ctrl-C"));
    await expect(done).rejects.toThrow("Ctrl-C");
    expect(calls).toEqual(["order errors 5% 100000ms", "order off fault-1"]);
    expect(kinds()).toEqual(["step", "undone"]);
  });

  it("undoes what it switched on when a service refuses", async () => {
    const { done, calls } = run(
      [
        { at: 0, fault: fault("order") },
        { at: 1000, fault: fault("user", "fire") },
      ],
      "fire",
    );
    await expect(done).rejects.toThrow("user refuses fire");
    expect(calls.at(-1)).toBe("order off fault-1");
  });

  it("begins nothing when a switch is missing", async () => {
    const { done, calls } = run([
      { at: 0, fault: fault("order") },
      { at: 1000, load: { factor: 2, for: 1000 } },
    ]);
    await expect(done).rejects.toThrow("no switch of the load generator: set LOADGEN_ADMIN_URL");
    expect(calls).toEqual([]);
  });
});
