import CircuitBreaker from "opossum";

export type BreakerState = "closed" | "half-open" | "open";

export interface BreakerOptions {
  /** Milliseconds after which a call counts as failed. @default 2000 */
  timeout?: number;
  /** Milliseconds that an open breaker waits before it lets a probe through. @default 30000 */
  reset?: number;
  /** It does not open before this many calls in 10 s. @default 5 */
  volume?: number;
  /** Calls in flight at once; further ones are refused. @default 100 */
  capacity?: number;
  /** Told of each change. @default nobody */
  onChange?: (state: BreakerState) => void;
}

export interface Breaker {
  readonly state: BreakerState;
  /** Calls in flight at once, at most. */
  readonly capacity: number;
  /**
   * Runs a call. Whatever it throws counts as a failure.
   *
   * @param action gets a signal that aborts when the call is given up.
   * @throws BreakerRejected without running it, when the breaker is open or full; BreakerTimeout; what `action` throws.
   */
  run<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The call was not made. */
export class BreakerRejected extends Error {
  override readonly name = "BreakerRejected";
  readonly code = "BREAKER_REJECTED";
}

/** The call was given up. */
export class BreakerTimeout extends Error {
  override readonly name = "BreakerTimeout";
  readonly code = "BREAKER_TIMEOUT";
}

/** Opens when more than this share of the calls of the last 10 s failed. Percent; reference 2.1. */
const FAILURE_THRESHOLD = 50;
const WINDOW = 10_000;

/**
 * A circuit breaker with timeout and bulkhead, around opossum; no other file knows opossum.
 *
 * Half-open, it lets one probe through, not three as the reference's breaker does: one success closes opossum, and
 * its public events cannot put that off.
 */
export function createBreaker({
  timeout = 2000,
  reset = 30_000,
  volume = 5,
  capacity = 100,
  onChange,
}: BreakerOptions = {}): Breaker {
  const circuit = new CircuitBreaker((action: () => Promise<unknown>) => action(), {
    timeout,
    resetTimeout: reset,
    volumeThreshold: volume,
    capacity,
    errorThresholdPercentage: FAILURE_THRESHOLD,
    rollingCountTimeout: WINDOW,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  });
  const state = (): BreakerState => {
    if (circuit.opened) return "open";
    return circuit.halfOpen ? "half-open" : "closed";
  };
  if (onChange !== undefined) {
    circuit.on("open", () => {
      onChange("open");
    });
    circuit.on("halfOpen", () => {
      onChange("half-open");
    });
    circuit.on("close", () => {
      onChange("closed");
    });
  }
  return {
    get state() {
      return state();
    },
    capacity,
    async run<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
      // opossum would refuse by itself, but count the refusal as a call and so dilute the share of failures.
      if (circuit.opened || (circuit.halfOpen && !circuit.pendingClose)) {
        throw new BreakerRejected("the breaker is open");
      }
      const controller = new AbortController();
      try {
        return (await circuit.fire(() => action(controller.signal))) as T;
      } catch (error) {
        controller.abort();
        throw translate(error, timeout, capacity);
      }
    },
  };
}

function translate(error: unknown, timeout: number, capacity: number): unknown {
  if (!(error instanceof Error) || !CircuitBreaker.isOurError(error) || !("code" in error)) return error;
  if (error.code === "ETIMEDOUT")
    return new BreakerTimeout(`no answer within ${timeout} ms`, { cause: error });
  const why = error.code === "ESEMLOCKED" ? `${capacity} calls are in flight already` : "the breaker is open";
  return new BreakerRejected(why, { cause: error });
}
