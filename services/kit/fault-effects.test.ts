import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HttpProblem } from "./errors.ts";
import { createFaultEffects } from "./fault-effects.ts";
import { createFaultBoard } from "./faults.ts";
import { seededRandom } from "./random.ts";

const SECOND = 1000;
const never = (): AbortSignal => new AbortController().signal;

function setUp() {
  const board = createFaultBoard({ targets: ["user", "payment"], now: () => performance.now() });
  return { board, effects: createFaultEffects(board, seededRandom(1)) };
}

/** How long a promise takes on the fake clock, and what it comes to. */
async function timed(promise: Promise<void> | undefined): Promise<{ took: number; error: unknown }> {
  const started = performance.now();
  let settled: { took: number; error: unknown } | undefined;
  const settle = (error: unknown): void => {
    settled = { took: performance.now() - started, error };
  };
  promise?.then(settle, settle);
  for (;;) {
    await vi.advanceTimersByTimeAsync(50);
    if (settled !== undefined) return settled;
  }
}

describe("fault effects on requests", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("cost nothing while no fault is on", () => {
    const { effects } = setUp();
    expect(effects.beforeRequest(never)).toBeUndefined();
    expect(effects.beforeCall("user")).toBeUndefined();
  });

  it("fail the stated share", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "errors", variant: "20%", lasts: 60 * SECOND });
    const requests = Array.from({ length: 2000 }, async () => effects.beforeRequest(never));
    const failures = (await Promise.allSettled(requests)).filter(({ status }) => status === "rejected");
    // Spaced, not drawn one by one: independent draws would stray by 18 of 400.
    expect(Math.abs(failures.length - 400)).toBeLessThan(18);
    expect(failures[0]).toMatchObject({ reason: { name: "InjectedFailure", code: "INJECTED" } });
  });

  it("fail all when all are to fail", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "errors", variant: "100%", lasts: 60 * SECOND });
    const requests = Array.from({ length: 50 }, async () => effects.beforeRequest(never));
    const outcomes = await Promise.allSettled(requests);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(50);
  });

  it("add delays up", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "latency", variant: "+300ms", lasts: 60 * SECOND });
    board.add({ fault: "latency", variant: "+1s", lasts: 60 * SECOND });
    expect(await timed(effects.beforeRequest(never))).toEqual({ took: 1300, error: undefined });
  });

  it("answer 503 at once in an outage, whatever else is on", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "latency", variant: "+5s", lasts: 60 * SECOND });
    board.add({ fault: "outage", variant: "503", lasts: 60 * SECOND });
    const { took, error } = await timed(effects.beforeRequest(never));
    expect(took).toBeLessThanOrEqual(50);
    expect(error).toEqual(new HttpProblem(503, "outage", "the service is out of order"));
  });

  it("hold a request for 30 s when hanging, and then answer 503", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "outage", variant: "hang", lasts: 300 * SECOND });
    const { took, error } = await timed(effects.beforeRequest(never));
    expect(took).toBe(30 * SECOND);
    expect(error).toMatchObject({ status: 503 });
  });

  it("let a held request go when the fault ends, is removed, or the caller goes away", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "outage", variant: "hang", lasts: 2 * SECOND });
    expect((await timed(effects.beforeRequest(never))).took).toBe(2 * SECOND);

    const { id } = board.add({ fault: "outage", variant: "hang", lasts: 300 * SECOND });
    setTimeout(() => board.remove(id), SECOND);
    expect((await timed(effects.beforeRequest(never))).took).toBe(SECOND);

    board.add({ fault: "outage", variant: "hang", lasts: 300 * SECOND });
    const caller = new AbortController();
    setTimeout(() => {
      caller.abort();
    }, SECOND);
    expect((await timed(effects.beforeRequest(() => caller.signal))).took).toBe(SECOND);
  });

  it("end with the fault", () => {
    const { board, effects } = setUp();
    board.add({ fault: "errors", variant: "100%", lasts: SECOND });
    vi.advanceTimersByTime(SECOND);
    expect(effects.beforeRequest(never)).toBeUndefined();
  });

  it("slow calls down to the one neighbour that they are aimed at", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "dependency", variant: "slow", target: "user", lasts: 60 * SECOND });
    expect((await timed(effects.beforeCall("user"))).took).toBe(SECOND);
    expect(effects.beforeCall("payment")).toBeUndefined();
    await effects.beforeRequest(never);
  });

  it("refuse the connection to a dead neighbour", async () => {
    const { board, effects } = setUp();
    board.add({ fault: "dependency", variant: "dead", target: "user", lasts: 60 * SECOND });
    await expect(effects.beforeCall("user")).rejects.toThrow("no connection to user");
  });
});
