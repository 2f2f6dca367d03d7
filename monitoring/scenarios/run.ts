import { setTimeout as wait } from "node:timers/promises";
import type { ServiceName } from "../../services/topology.ts";
import type { ActiveFault, FaultClient } from "../faults/client.ts";
import type { LoadClient } from "../faults/load-client.ts";
import type { Switches } from "../faults/switches.ts";
import { planEnd, planScenario, type PlannedStep, type PlanOptions } from "./plan.ts";
import type { Scenario } from "./schema.ts";

/** What a run tells while it goes on. */
export type ScenarioEvent =
  | {
      readonly kind: "step";
      readonly step: PlannedStep;
      readonly index: number;
      readonly fault?: ActiveFault;
    }
  | { readonly kind: "undone"; readonly count: number }
  | { readonly kind: "over" };

export interface RunOptions extends PlanOptions {
  /** Ends the run early; what it switched on is switched off. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: ScenarioEvent) => void;
}

/** The shortest that the switches take, in milliseconds. */
const SHORTEST_MS = 1;

/**
 * Carries a scenario out. Every fault has an end that its service keeps, so nothing stays broken when this process dies.
 *
 * @param switches what may be switched; see `createSwitches`.
 * @returns when its time is over and its last fault has ended.
 * @throws SwitchError when a service cannot be reached or refuses; the signal's reason when the run is ended early. In
 *   both cases what it had switched on is off again.
 */
export async function runScenario(
  scenario: Scenario,
  switches: Switches,
  options: RunOptions,
): Promise<void> {
  const { signal, onEvent = () => undefined, timeScale = 1 } = options;
  const plan = planScenario(scenario, options);
  await requireSwitches(plan, switches);
  const begin = performance.now();
  const until = async (atMs: number): Promise<void> => {
    const left = begin + atMs - performance.now();
    // The timer's own abort error says less than the signal's reason.
    if (left > 0) await wait(left, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  };
  const on: Undo[] = [];
  try {
    for (const [index, step] of plan.entries()) {
      await until(step.atMs);
      const fault = await carryOut(step, switches, on);
      onEvent({ kind: "step", step, index, ...(fault === undefined ? {} : { fault }) });
    }
    await until(planEnd(scenario, plan, timeScale));
    onEvent({ kind: "over" });
  } catch (error) {
    const undone = await Promise.allSettled(on.map(({ undo }) => undo()));
    onEvent({ kind: "undone", count: undone.filter(({ status }) => status === "fulfilled").length });
    throw error;
  }
}

/** How to end something that was switched on. */
interface Undo {
  readonly service: ServiceName | "loadgen";
  readonly undo: () => Promise<void>;
}

async function carryOut(
  { step, lastsMs }: PlannedStep,
  switches: Switches,
  on: Undo[],
): Promise<ActiveFault | undefined> {
  const lasts = `${Math.max(SHORTEST_MS, Math.round(lastsMs))}ms`;
  if (step.off !== undefined) {
    const ended = on.filter(({ service }) => service === step.off);
    await Promise.all(ended.map(({ undo }) => undo()));
    return undefined;
  }
  if (step.load !== undefined) {
    const client = loadOf(switches);
    const { id } = await client.switchOn({ factor: step.load.factor, for: lasts });
    on.push({ service: "loadgen", undo: () => client.switchOff(id) });
    return undefined;
  }
  if (step.fault === undefined) return undefined;
  const { service, fault, variant, target } = step.fault;
  const client = faultsOf(switches, service);
  const active = await client.switchOn({ fault, variant, target, for: lasts });
  on.push({ service, undo: () => client.switchOff(active.id) });
  return active;
}

/** Asks every switch that is going to be needed, so that a run is refused before it begins, not in the middle. */
async function requireSwitches(plan: readonly PlannedStep[], switches: Switches): Promise<void> {
  const services = new Set(plan.flatMap(({ step }) => step.fault?.service ?? []));
  await Promise.all([...services].map((service) => faultsOf(switches, service).overview()));
  if (plan.some(({ step }) => step.load !== undefined)) await loadOf(switches).active();
}

function faultsOf({ faults }: Switches, service: ServiceName): FaultClient {
  const client = faults.get(service);
  if (client !== undefined) return client;
  throw new RangeError(`no fault switches of ${service}: set ${service.toUpperCase()}_ADMIN_URL`);
}

function loadOf({ load }: Switches): LoadClient {
  if (load !== undefined) return load;
  throw new RangeError("no switch of the load generator: set LOADGEN_ADMIN_URL");
}
