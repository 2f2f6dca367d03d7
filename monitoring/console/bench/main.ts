/** `npm run bench:flood`: a flood into a console of its own, while somebody looks at it. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { peakMemory, startConsoleProcess } from "./console-process.ts";
import { flood, keptOf, poster, sendFlood } from "./flood.ts";
import { probe } from "./probe.ts";

const directory = mkdtempSync(path.join(tmpdir(), "burnrate-flood-"));
const { port, child } = await startConsoleProcess(directory);
try {
  const { post, close } = poster(port, flood.connections);
  const watching = probe(`http://127.0.0.1:${port}/`);
  const begin = performance.now();
  const statuses = await sendFlood(post);
  const seconds = (performance.now() - begin) / 1000;
  const latencies = await watching.stop();
  close();
  const { kept, refused } = await keptOf(port);
  const lost = flood.count - flood.tooLarge - flood.malformed - kept;
  const at = (share: number): string =>
    `${(latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0).toFixed(0)} ms`;
  const lines = [
    [
      "notifications",
      `${flood.count} in ${seconds.toFixed(1)} s, ${(flood.count / seconds).toFixed(0)} a second`,
    ],
    ["kept, refused, lost", `${kept}, ${refused}, ${lost}`],
    ["without an answer", String(statuses.filter((status) => status === null).length)],
    ["GET / meanwhile", `${latencies.length} times; p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`],
    ["peak memory", `${(peakMemory(child) / 1024 / 1024).toFixed(0)} MB, cold compile cache`],
  ];
  for (const [name = "", value = ""] of lines) process.stdout.write(`${name.padEnd(22)}${value}\n`);
  if (lost > 0) process.exitCode = 1;
} finally {
  child.kill("SIGKILL");
  await once(child, "exit");
  rmSync(directory, { recursive: true, force: true });
}
