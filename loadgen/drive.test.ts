import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drive } from "./drive.ts";
import type { Accounting } from "./accounting.ts";
import type { Start } from "./schedule.ts";
import type { Outcome } from "./send.ts";
import type { ServiceName } from "../services/topology.ts";

const ok: Outcome = { kind: "answer", status: 200 };

interface Book extends Accounting {
  readonly sentAt: number[];
  readonly lateness: number[];
  readonly latencies: number[];
  readonly drops: ServiceName[];
}

function book(): Book {
  const sentAt: number[] = [];
  const lateness: number[] = [];
  const latencies: number[] = [];
  const drops: ServiceName[] = [];
  return {
    sentAt,
    lateness,
    latencies,
    drops,
    tallies: new Map(),
    sent(_, seconds) {
      sentAt.push(Date.now());
      lateness.push(seconds);
    },
    dropped: (start) => drops.push(start.scenario.service),
    ended: (_start, _outcome, seconds) => latencies.push(seconds),
  };
}

/** Starts that are a fixed time apart, for the services in turn. */
function* every(milliseconds: number, services: readonly ServiceName[] = ["order"]): Generator<Start, never> {
  for (let index = 0; ; index += 1) {
    const service = services[index % services.length] ?? "order";
    const scenario = { service, method: "GET", path: "/", weight: 1, draw: () => ({ path: "/" }) } as const;
    yield { at: index * milliseconds, scenario, request: { path: "/" } };
  }
}

const after = (milliseconds: number) => () =>
  new Promise<Outcome>((resolve) => setTimeout(() => resolve(ok), milliseconds));
const never = () => new Promise<Outcome>(() => {});

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the open model", () => {
  it("sends at the same times to a target that answers at once and to one that takes 3 s", async () => {
    const fast = book();
    const slow = book();
    const common = { now: Date.now, maxInFlight: 1000, until: 10_000 };
    drive({ ...common, starts: every(100), send: async () => ok, account: fast });
    drive({ ...common, starts: every(100), send: after(3000), account: slow });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fast.sentAt).toHaveLength(100);
    expect(slow.sentAt).toEqual(fast.sentAt);
  });

  it("counts latency from the scheduled start, so a stall of its own process is seen", async () => {
    const account = book();
    drive({
      starts: every(100),
      send: after(50),
      account,
      now: Date.now,
      maxInFlight: 1000,
      until: 2000,
    });
    await vi.advanceTimersByTimeAsync(450);
    // The clock jumps by a second without a timer running: the event loop was blocked.
    vi.setSystemTime(Date.now() + 1000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(account.sentAt).toHaveLength(20);
    expect(Math.max(...account.lateness)).toBeCloseTo(1, 1);
    expect(account.latencies.slice(0, 5)).toEqual([0.05, 0.05, 0.05, 0.05, 0.05]);
    expect(Math.max(...account.latencies)).toBeCloseTo(1.05, 1);
  });

  it("drops a start that would be one too many in flight, and counts it", async () => {
    const account = book();
    drive({ starts: every(100), send: never, account, now: Date.now, maxInFlight: 3, until: 1000 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(account.sentAt).toHaveLength(3);
    expect(account.drops).toHaveLength(7);
  });

  it("keeps sending to the other services when one hangs", async () => {
    const account = book();
    const send = (start: Start) => (start.scenario.service === "order" ? never() : Promise.resolve(ok));
    const starts = every(100, ["order", "payment"]);
    drive({ starts, send, account, now: Date.now, maxInFlight: 2, until: 2000 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(account.drops).toEqual(Array.from({ length: 8 }, () => "order"));
    expect(account.latencies).toHaveLength(10);
  });

  it("is done when its time is over and the last answer has come, not before", async () => {
    const account = book();
    const run = drive({
      starts: every(400),
      send: after(500),
      account,
      now: Date.now,
      maxInFlight: 9,
      until: 1000,
    });
    let done = false;
    const waiting = (async () => {
      await run.done;
      done = true;
    })();
    await vi.advanceTimersByTimeAsync(1299);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toBe(true);
    await waiting;
    expect(account.sentAt).toEqual([0, 400, 800]);
  });

  it("sends nothing after it was stopped, and waits for what is in flight", async () => {
    const account = book();
    const run = drive({
      starts: every(100),
      send: after(250),
      account,
      now: Date.now,
      maxInFlight: 9,
      until: Infinity,
    });
    await vi.advanceTimersByTimeAsync(150);
    run.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await run.done;
    expect(account.sentAt).toEqual([0, 100]);
    expect(account.latencies).toEqual([0.25, 0.25]);
  });
});
