import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveLimits } from "./limits.ts";
import { Live } from "./live.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;

it("wakes who waits, once for any number of changes in a pause", async () => {
  const live = new Live();
  const seen = live.version;
  const woken = live.next(seen, never);
  for (let n = 0; n < 1000; n += 1) live.changed();
  expect(live.version).toBe(seen);
  await vi.advanceTimersByTimeAsync(liveLimits.pause);
  await woken;
  expect(live.version).toBe(seen + 1);
});

it("does not make anybody wait who has missed a change", async () => {
  const live = new Live();
  const seen = live.version;
  live.changed();
  await vi.advanceTimersByTimeAsync(liveLimits.pause);
  await expect(live.next(seen, never)).resolves.toBeUndefined();
});

it("wakes at the heartbeat, at the stream's end and at its own", async () => {
  const live = new Live();
  const gone = new AbortController();
  const heartbeat = live.next(live.version, never);
  await vi.advanceTimersByTimeAsync(liveLimits.heartbeat);
  await heartbeat;
  const ended = live.next(live.version, gone.signal);
  gone.abort();
  await ended;
  const closed = live.next(live.version, never);
  live.close();
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});

it("has a bounded number of places, and none when it is closed", () => {
  const live = new Live();
  const entered = Array.from({ length: liveLimits.streams + 1 }, () => live.enter());
  expect(entered.filter(Boolean)).toHaveLength(liveLimits.streams);
  live.leave();
  expect(live.enter()).toBe(true);
  live.close();
  live.leave();
  expect(live.enter()).toBe(false);
});

it("never counts from where an earlier run did", () => {
  const earlier = new Live().version;
  vi.advanceTimersByTime(1);
  expect(new Live().version).toBeGreaterThan(earlier);
});
