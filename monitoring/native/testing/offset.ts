import { components } from "../components/components.ts";
import { portsAt } from "../ports.ts";
import { requireFreePorts } from "../state/free-ports.ts";
import { findTools } from "../tools/tools.ts";

/** Offsets to choose from: above other people's usual ports, below those that systems hand out (32768 on Linux). */
const LOWEST = 10_000;
const HIGHEST = 23_000;
const TRIES = 20;

/**
 * Finds a port offset with which a whole stack has its ports free.
 *
 * @throws NativeError PORT_TAKEN when luck runs out.
 */
export async function freeOffset(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const offset = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const plan = { ports: portsAt(offset), toolbox: findTools(process.env["PATH"]), stateDirectory: "/" };
    const all = components({ ...plan, timeScale: 1, profile: "default" }).flatMap(({ ports }) => ports);
    try {
      await requireFreePorts(all);
      return offset;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
