import path from "node:path";
import { compileCache } from "../../services/compile-cache.ts";
import { PastError } from "../history/write/error.ts";
import { openPlace } from "../history/write/place.ts";
import type { Plan } from "./components/plan.ts";
import { dataDirectory, incidentsFile } from "./configuration/paths.ts";
import { NativeError } from "./errors.ts";
import { runCommand } from "./processes/command.ts";
import type { Component, ComponentState } from "./processes/component.ts";

/** The row of the start-up table that shows how the past is getting on. */
const ROW = "past";

const writer = path.resolve(import.meta.dirname, "../history/main.ts");

/**
 * Has a past written before Prometheus starts, where one is wanted and there is no data yet.
 *
 * @param prometheus the component.
 * @param onState hears how the past fares.
 * @returns the component, which throws NativeError PAST_NOT_WRITTEN when its past cannot be written.
 */
export function withPast(
  prometheus: Component,
  plan: Plan,
  onState: (name: string, state: ComponentState) => void,
): Component {
  const { history = "none", stateDirectory, timeScale, rps, seed } = plan;
  if (history === "none") return prometheus;
  const prepare = async (signal: AbortSignal): Promise<void> => {
    const begunMs = performance.now();
    onState(ROW, { state: "starting" });
    const directory = dataDirectory(stateDirectory, "prometheus", timeScale);
    const incidents = incidentsFile(stateDirectory, timeScale);
    if ((await refusing(() => openPlace(directory, incidents))) === "nothing") {
      const options = { data: directory, incidents, "time-scale": timeScale, rps, seed };
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      const args = given.flatMap(([name, value]) => [`--${name}`, String(value)]);
      // A process of its own: its memory is given back, and the runner goes on watching.
      const { exitCode, output } = await runCommand(process.execPath, [writer, ...args], {
        signal,
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      });
      if (exitCode !== 0) throw notWritten(output.trim());
    }
    onState(ROW, { state: "ready", milliseconds: performance.now() - begunMs });
  };
  return { ...prometheus, prepare };
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PastError) throw notWritten(error.message);
    throw error;
  }
}

function notWritten(why: string): NativeError {
  return new NativeError("PAST_NOT_WRITTEN", `No past was written. ${why}`);
}
