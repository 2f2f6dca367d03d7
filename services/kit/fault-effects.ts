import { HANG_LIMIT, SLOW_CALL } from "./fault-catalogue.ts";
import { HttpProblem } from "./errors.ts";
import { spend } from "./latency.ts";
import { spaced } from "./spaced.ts";
import type { FaultBoard, LiveFault } from "./faults.ts";
import type { Random } from "./random.ts";

/** What the faults that are on do. Both give undefined, at no cost, while none is. */
export interface FaultEffects {
  /**
   * Runs before a business request.
   *
   * @param gone gives the signal that aborts when the caller goes away; only asked for where it matters.
   * @throws HttpProblem 503 for an outage, InjectedFailure for an error.
   */
  beforeRequest(gone: () => AbortSignal): Promise<void> | undefined;
  /**
   * Runs before a call to a neighbour.
   *
   * @throws ConnectionRefused when a fault has killed the neighbour.
   */
  beforeCall(target: string): Promise<void> | undefined;
}

/** A request that fails because somebody asked for it. The error edge answers 500. */
class InjectedFailure extends Error {
  override readonly name = "InjectedFailure";
  readonly code = "INJECTED";

  constructor(fault: LiveFault) {
    super(`injected by ${fault.id} (${fault.fault} ${fault.variant})`);
  }
}

/** What a dead neighbour looks like to the caller. */
class ConnectionRefused extends Error {
  override readonly name = "ConnectionRefused";
  readonly code = "ECONNREFUSED";
}

/** Applies a board's faults. Delays add up; an outage comes first; errors come after the delay. */
export function createFaultEffects(board: FaultBoard, random: Random): FaultEffects {
  const fails = createFailing(random);
  return {
    beforeRequest(gone) {
      const live = board.live();
      return live.length === 0 ? undefined : suffer(live, fails, gone);
    },
    beforeCall(target) {
      const aimed = board.live().filter((fault) => fault.target === target);
      return aimed.length === 0 ? undefined : hinder(aimed, target);
    },
  };
}

type Failing = (fault: LiveFault, share: number) => boolean;

/**
 * Decides which requests fail: the stated share, at irregular but never bunched moments, so that what a fault does to a
 * budget can be foretold.
 */
function createFailing(random: Random): Failing {
  const deciders = new WeakMap<LiveFault, () => boolean>();
  return (fault, share) => {
    let decide = deciders.get(fault);
    if (decide === undefined) {
      const others = spaced(random, Math.min(share, 1 - share));
      decide = share > 0.5 ? () => !others() : others;
      deciders.set(fault, decide);
    }
    return decide();
  };
}

async function suffer(live: readonly LiveFault[], fails: Failing, gone: () => AbortSignal): Promise<void> {
  let delay = 0;
  let failure: LiveFault | undefined;
  for (const fault of live) {
    const { effect } = fault;
    if (effect.kind === "outage") return outage(fault, effect.answer, gone);
    if (effect.kind === "latency") delay += effect.milliseconds;
    if (effect.kind === "errors" && fails(fault, effect.share)) failure ??= fault;
  }
  await spend(delay);
  if (failure !== undefined) throw new InjectedFailure(failure);
}

async function outage(fault: LiveFault, answer: "refuse" | "hang", gone: () => AbortSignal): Promise<never> {
  if (answer === "hang") await held(Math.min(HANG_LIMIT, fault.remaining()), fault.removed, gone());
  throw new HttpProblem(503, "outage", "the service is out of order");
}

/** Waits for the time, or until one of the signals aborts. */
async function held(milliseconds: number, ...signals: AbortSignal[]): Promise<void> {
  const any = AbortSignal.any(signals);
  if (any.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  any.addEventListener("abort", () => {
    resolve();
  });
  await promise;
  clearTimeout(timer);
}

async function hinder(aimed: readonly LiveFault[], target: string): Promise<void> {
  for (const { effect } of aimed) {
    if (effect.kind !== "dependency") continue;
    if (effect.call === "dead") throw new ConnectionRefused(`no connection to ${target}`);
    await spend(SLOW_CALL);
  }
}
