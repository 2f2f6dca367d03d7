import { describe, expect, it } from "vitest";
import type { Component } from "./component.ts";
import { startAll } from "./start-all.ts";
import type { Supervisor } from "./supervisor.ts";

const never = new AbortController().signal;

const component = (name: string, ...after: string[]): Component => ({
  name,
  command: name,
  args: [],
  env: {},
  ports: [],
  readyUrl: "",
  after,
});

/** Starts nothing: each component is ready, fails or hangs as the table says. */
function scripted(outcomes: Readonly<Record<string, number | Error | "hangs">>) {
  const started: string[] = [];
  const supervisor: Supervisor = {
    failed: never,
    stop: () => Promise.resolve(),
    start: ({ name }, signal) => {
      started.push(name);
      const outcome = outcomes[name] ?? 1;
      if (outcome instanceof Error) return Promise.reject(outcome);
      if (outcome !== "hangs") return Promise.resolve(outcome);
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    },
  };
  return { started, supervisor };
}

describe("starting all components", () => {
  it("starts each after those that it waits for, and reports every step", async () => {
    const { started, supervisor } = scripted({ a: 100, b: 200, c: 50 });
    const seen: string[] = [];
    const list = [component("a"), component("b"), component("c", "a", "b")];
    const took = await startAll(list, supervisor, never, (name, { state }) => seen.push(`${name} ${state}`));
    expect(started).toEqual(["a", "b", "c"]);
    expect([...took]).toEqual([
      ["a", 100],
      ["b", 200],
      ["c", 50],
    ]);
    expect(seen.filter((line) => line.startsWith("c"))).toEqual(["c waiting", "c starting", "c ready"]);
    expect(seen.indexOf("c starting")).toBeGreaterThan(seen.indexOf("b ready"));
  });

  it("gives up on the others at the first failure, starts none that waited for it, and throws that failure", async () => {
    const broken = new Error("broken");
    const { started, supervisor } = scripted({ a: broken, b: "hangs" });
    const list = [component("a"), component("b"), component("c", "a")];
    await expect(startAll(list, supervisor, never, () => undefined)).rejects.toBe(broken);
    expect(started).toEqual(["a", "b"]);
  });

  it("throws the reason when it is stopped", async () => {
    const controller = new AbortController();
    const { supervisor } = scripted({ a: "hangs" });
    const start = startAll([component("a")], supervisor, controller.signal, () => undefined);
    controller.abort(new Error("enough"));
    await expect(start).rejects.toThrow("enough");
  });

  it("refuses a component that waits for one that is not listed before it", async () => {
    const { supervisor } = scripted({});
    const list = [component("a", "b"), component("b")];
    await expect(startAll(list, supervisor, never, () => undefined)).rejects.toThrow(
      "a waits for b, which is not listed before it",
    );
  });
});
