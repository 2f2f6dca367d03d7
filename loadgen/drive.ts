import type { Accounting } from "./accounting.ts";
import type { Start } from "./schedule.ts";
import type { Send } from "./send.ts";
import type { ServiceName } from "../services/topology.ts";

export interface DriveOptions {
  /** What to send, in order of time, without end. */
  readonly starts: Iterator<Start, never>;
  /** Sends one request; it settles when the answer is complete or cannot come any more, and never rejects. */
  readonly send: Send;
  readonly account: Accounting;
  /**
   * Requests that may wait for one service's answer at once. A start beyond it is dropped and counted. The bound is
   * per service, so one service that hangs does not take the traffic of the others away.
   */
  readonly maxInFlight: number;
  /** Milliseconds since the epoch; must never go backwards. */
  readonly now: () => number;
  /** Starts at or after this moment are not sent. */
  readonly until: number;
}

export interface Drive {
  /** Settles when the last start was sent, or after `stop`, and every answer has come or failed. */
  readonly done: Promise<void>;
  /** Sends nothing more; requests in flight go on. */
  stop(): void;
}

/** A timer of more than 24 days would fire at once. */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Sends each request at its time, whatever became of those before it: the open model. A start that comes late,
 * because this process was busy, is still sent, and its lateness is in its latency.
 */
export function drive(options: DriveOptions): Drive {
  const { starts, now, until, account, maxInFlight } = options;
  const inFlight = new Map<ServiceName, number>();
  const { promise: done, resolve } = Promise.withResolvers<void>();
  let next = starts.next().value;
  let timer: NodeJS.Timeout | undefined;
  let open = 0;
  let stopped = false;

  function wake(): void {
    while (next.at < until && next.at <= now()) {
      launch(next);
      next = starts.next().value;
    }
    if (now() >= until) stop();
    else timer = setTimeout(wake, sleepUntil(Math.min(next.at, until)));
  }

  /** A timer counts whole milliseconds: rounding up wakes after the moment, not before it. */
  function sleepUntil(at: number): number {
    return Math.min(Math.max(Math.ceil(at - now()), 0), LONGEST_SLEEP_MS);
  }

  function launch(start: Start): void {
    const { service } = start.scenario;
    const waiting = inFlight.get(service) ?? 0;
    if (waiting >= maxInFlight) {
      account.dropped(start);
      return;
    }
    inFlight.set(service, waiting + 1);
    open += 1;
    account.sent(start, (now() - start.at) / 1000);
    void follow(start);
  }

  async function follow(start: Start): Promise<void> {
    const { service } = start.scenario;
    const outcome = await options.send(start);
    inFlight.set(service, (inFlight.get(service) ?? 0) - 1);
    open -= 1;
    account.ended(start, outcome, (now() - start.at) / 1000);
    settle();
  }

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
    settle();
  }

  function settle(): void {
    if (stopped && open === 0) resolve();
  }

  wake();
  return { done, stop };
}
