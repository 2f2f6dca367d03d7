/** `npm run bench:flood`: a flood into a console of its own, while somebody looks at it. */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { cpuMicroseconds, peakBytes } from "../../../loadgen/bench/proc.ts";
import { MINUTE } from "../../compiler/duration.ts";
import { startConsoleProcess } from "./console-process.ts";
import { flood, keptOf, poster, sendFlood } from "./flood.ts";
import { probe } from "./probe.ts";

const directory = mkdtempSync(path.join(tmpdir(), "burnrate-flood-"));
const { port, pid, kill } = await startConsoleProcess(directory);
try {
  const { post, close } = poster(port, flood.connections);
  const watching = probe(`http://127.0.0.1:${port}/`);
  const begin = performance.now();
  const cpuBefore = cpuMicroseconds(pid);
  const statuses = await sendFlood(post, MINUTE);
  const seconds = (performance.now() - begin) / 1000;
  const cpu = (cpuMicroseconds(pid) - cpuBefore) / 1e6;
  // A late answer of a busy machine tells nothing about the console.
  const machine = `load of the machine ${loadavg()[0]?.toFixed(1)}`;
  const latencies = await watching.stop();
  close();
  const { kept, refused } = await keptOf(port);
  const lost = flood.count - flood.tooLarge - flood.malformed - kept;
  const at = (share: number): string =>
    `${(latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0).toFixed(0)} ms`;
  const unanswered = statuses.filter((status) => status === null).length;
  const lines = [
    [
      "notifications",
      `${flood.count} in ${seconds.toFixed(1)} s, ${(flood.count / seconds).toFixed(0)} a second`,
    ],
    ["kept, refused, lost", `${kept}, ${refused}, ${lost}`],
    ["without an answer", String(unanswered)],
    [
      "GET / meanwhile",
      `${latencies.length} times; p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} (to be within 200 ms)`,
    ],
    ["processor", `${cpu.toFixed(1)} s, ${((100 * cpu) / seconds).toFixed(0)} % of one; ${machine}`],
    ["peak memory", `${(peakBytes(pid) / 1024 / 1024).toFixed(0)} MB, cold compile cache (limit 150 MB)`],
  ];
  for (const [name = "", value = ""] of lines) process.stdout.write(`${name.padEnd(22)}${value}\n`);
  if (lost > 0 || unanswered > 0) process.exitCode = 1;
} finally {
  await kill();
  rmSync(directory, { recursive: true, force: true });
}
