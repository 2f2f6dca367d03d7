import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/**
 * For tests only: asks `promtool check metrics` about an exposition.
 *
 * @returns its exit code and everything that it said.
 */
export async function promtoolCheckMetrics(exposition: string): Promise<{ code: number; said: string }> {
  const child = spawn("promtool", ["check", "metrics"]);
  child.stdin.end(exposition);
  const [said, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number]>,
  ]);
  return { code, said: said + complaints };
}
