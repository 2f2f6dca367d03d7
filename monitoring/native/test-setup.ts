import { ensureTools } from "./tools/ensure-tools.ts";

/**
 * Vitest's global setup for tests that run promtool, amtool, Prometheus or Alertmanager: installs what is missing
 * where it may, else fails once, before any test, with the one line that installs it.
 */
export async function setup(): Promise<void> {
  await ensureTools({ say: (line) => process.stderr.write(`${line}\n`) });
}
