import { mkdir } from "node:fs/promises";
import path from "node:path";
import { services } from "../../services/topology.ts";
import { components } from "./components/components.ts";
import { notRunning } from "./components/not-running.ts";
import type { Plan } from "./components/plan.ts";
import { writeConfiguration } from "./configuration/write.ts";
import { withPast } from "./past.ts";
import { localUrl, portsAt, type Ports } from "./ports.ts";
import type { ComponentState } from "./processes/component.ts";
import { startAll } from "./processes/start-all.ts";
import { createSupervisor } from "./processes/supervisor.ts";
import { shipLogs } from "./ship-logs/ship-logs.ts";
import { requireFreePorts } from "./state/free-ports.ts";
import { takeLock } from "./state/lock.ts";
import { logFile, trimLog } from "./state/logs.ts";
import { endLeftOvers } from "./state/records.ts";
import { ensureTools } from "./tools/ensure-tools.ts";

export interface StackOptions extends Partial<
  Pick<Plan, "timeScale" | "profile" | "rps" | "seed" | "history" | "environment" | "additions">
> {
  /** Where logs, data and derived configuration live; made when it is not there. */
  readonly stateDirectory: string;
  /** @default 0 */
  readonly portOffset?: number;
  /** Stops a start that is under way; what was started by then is ended. */
  readonly signal?: AbortSignal;
  /** Takes a line that a person should read. @default nothing is said */
  readonly say?: (line: string) => void;
  /** Hears how each component fares. @default nobody listens */
  readonly onState?: (name: string, state: ComponentState) => void;
}

/** A running stack. */
export interface Stack {
  readonly ports: Ports;
  /** When the first process began and when the last one was ready, on the clock of `performance.now()`. */
  readonly begunMs: number;
  readonly readyMs: number;
  /** The address of something that listens, by its port's name. */
  readonly url: (name: keyof Ports) => string;
  /** Aborts, with a NativeError as its reason, when a component ends unasked. The rest then still runs. */
  readonly failed: AbortSignal;
  /** Ends every process, waits until all are gone, and gives the state folder back. May be called again. */
  readonly stop: () => Promise<void>;
}

/** The programs that write JSON lines; the others have logs of their own kind. */
const ourPrograms = [...services.map(({ name }) => name), "loadgen", "console"];

/** How often logs are looked at, in milliseconds. */
const TRIM_EVERY_MS = 30_000;

/**
 * Starts the whole stack: services, load, Prometheus, Alertmanager, console.
 *
 * @throws NativeError when it cannot, or the signal's reason; nothing is left running then.
 */
export async function startStack({
  stateDirectory,
  portOffset = 0,
  ...options
}: StackOptions): Promise<Stack> {
  const { signal = new AbortController().signal, say = () => undefined, onState = () => undefined } = options;
  const directory = path.resolve(stateDirectory);
  const ports = portsAt(portOffset);
  const toolbox = await ensureTools({ say, signal });
  signal.throwIfAborted();
  for (const { title, standIn } of notRunning(toolbox)) say(`Not running here: ${title} (${standIn}).`);
  await mkdir(directory, { recursive: true });
  const lock = await takeLock(directory, `console on ${localUrl(ports.console)}`);
  try {
    for (const { name, pid } of await endLeftOvers(directory)) {
      say(`Ended ${name} (process ${pid}), left over from a run that was killed.`);
    }
    const plan: Plan = {
      timeScale: 1,
      profile: "default",
      ...options,
      ports,
      toolbox,
      stateDirectory: directory,
    };
    const list = components(plan).map((component) =>
      component.name === "prometheus" ? withPast(component, plan, onState) : component,
    );
    await requireFreePorts(list.flatMap((component) => component.ports));
    await writeConfiguration(plan, signal);
    const begunMs = performance.now();
    const supervisor = createSupervisor(directory);
    try {
      await startAll(list, supervisor, signal, onState);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    const readyMs = performance.now();
    const trim = (): void => list.forEach(({ name }) => trimLog(directory, name));
    const trimming = setInterval(trim, TRIM_EVERY_MS).unref();
    const shipping = new AbortController();
    const shipped =
      toolbox.loki === undefined
        ? undefined
        : shipLogs({
            lokiUrl: localUrl(ports.loki),
            files: new Map(ourPrograms.map((name) => [name, logFile(directory, name)])),
            signal: shipping.signal,
            say,
          });
    const stop = async (): Promise<void> => {
      clearInterval(trimming);
      shipping.abort();
      await shipped;
      await supervisor.stop();
      await lock.release();
    };
    let stopped: Promise<void> | undefined;
    return {
      ports,
      begunMs,
      readyMs,
      url: (name) => localUrl(ports[name]),
      failed: supervisor.failed,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
