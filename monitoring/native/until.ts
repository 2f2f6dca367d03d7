import { setTimeout as wait } from "node:timers/promises";

/**
 * Waits for a condition by looking again and again.
 *
 * @param condition true (or any truthy answer) when it holds; a look that throws ends the wait with its error.
 * @param deadlineMs how long to wait at most, in milliseconds.
 * @param signal ends the wait with its reason.
 * @param pauseMs between two looks, in milliseconds; longer for looks that cost something.
 * @returns what the condition answered, or its last falsy answer when the deadline passed.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  deadlineMs: number,
  signal?: AbortSignal,
  pauseMs = 50,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await condition();
    if (answer || performance.now() >= end) return answer;
    // The timer's own abort error says less than the signal's reason, which the next look throws.
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
