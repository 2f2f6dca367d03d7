import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BreakerRejected, BreakerTimeout, createBreaker } from "./breaker.ts";
import type { BreakerState } from "./breaker.ts";

const works = async (): Promise<string> => "fine";
const fails = async (): Promise<string> => {
  throw new Error("broken");
};
/** The call's error, or undefined. */
const outcome = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the breaker", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("passes results and errors through", async () => {
    const breaker = createBreaker();
    await expect(breaker.run(works)).resolves.toBe("fine");
    await expect(breaker.run(fails)).rejects.toThrow("broken");
    expect(breaker.state).toBe("closed");
  });

  it("does not open before the stated volume, opens at it, half-opens, and closes on a success", async () => {
    const changes: BreakerState[] = [];
    const breaker = createBreaker({
      volume: 5,
      reset: 30_000,
      onChange: (state) => void changes.push(state),
    });
    for (let call = 0; call < 4; call += 1) await outcome(breaker.run(fails));
    expect(breaker.state).toBe("closed");
    await outcome(breaker.run(fails));
    expect(breaker.state).toBe("open");

    expect(await outcome(breaker.run(works))).toEqual(new BreakerRejected("the breaker is open"));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(breaker.state).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect(breaker.state).toBe("half-open");
    await expect(breaker.run(works)).resolves.toBe("fine");
    expect(changes).toEqual(["open", "half-open", "closed"]);
  });

  it("opens again when the probe fails", async () => {
    const breaker = createBreaker({ volume: 1, reset: 1000 });
    await outcome(breaker.run(fails));
    await vi.advanceTimersByTimeAsync(1000);
    await outcome(breaker.run(fails));
    expect(breaker.state).toBe("open");
  });

  it("lets one probe through when half-open", async () => {
    const breaker = createBreaker({ volume: 1, reset: 1000 });
    await outcome(breaker.run(fails));
    await vi.advanceTimersByTimeAsync(1000);
    const probe = breaker.run(async () => new Promise<void>((resolve) => void setTimeout(resolve, 10)));
    expect(await outcome(breaker.run(works))).toBeInstanceOf(BreakerRejected);
    await vi.advanceTimersByTimeAsync(10);
    await probe;
    expect(breaker.state).toBe("closed");
  });

  it("stays closed while no more than half of the calls fail", async () => {
    const breaker = createBreaker({ volume: 5 });
    for (let pair = 0; pair < 20; pair += 1) {
      await breaker.run(works);
      await outcome(breaker.run(fails));
    }
    expect(breaker.state).toBe("closed");
    await outcome(breaker.run(fails));
    expect(breaker.state).toBe("open");
  });

  it("does not let refused calls water down the share of failures", async () => {
    const breaker = createBreaker({ volume: 5, reset: 1000 });
    for (let call = 0; call < 5; call += 1) await outcome(breaker.run(fails));
    for (let refused = 0; refused < 100; refused += 1) await outcome(breaker.run(works));
    await vi.advanceTimersByTimeAsync(1000);
    await breaker.run(works);
    for (let call = 0; call < 2; call += 1) await outcome(breaker.run(fails));
    expect(breaker.state).toBe("open");
  });

  it("gives a slow call up, tells it so, and counts it as failed", async () => {
    const breaker = createBreaker({ timeout: 100, volume: 1 });
    let signal: AbortSignal | undefined;
    const call = outcome(
      breaker.run(async (given) => {
        signal = given;
        return new Promise<void>(() => {});
      }),
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(await call).toEqual(new BreakerTimeout("no answer within 100 ms"));
    expect(signal?.aborted).toBe(true);
    expect(breaker.state).toBe("open");
  });

  it("refuses calls beyond its capacity", async () => {
    const breaker = createBreaker({ capacity: 2, timeout: 100 });
    const hanging = [1, 2].map(async () => outcome(breaker.run(async () => new Promise<void>(() => {}))));
    expect(await outcome(breaker.run(works))).toEqual(new BreakerRejected("2 calls are in flight already"));
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(hanging);
    await expect(breaker.run(works)).resolves.toBe("fine");
  });
});
