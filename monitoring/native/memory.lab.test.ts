import { readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { expect, inject, it } from "vitest";
import { services } from "../../services/topology.ts";
import { DEMO_PID } from "./testing/lab-setup.ts";

/** What all Node processes of the demo may take together, in MB. */
const PROMISED = 450;

it("takes less memory in all Node processes together than is promised", () => {
  const processes = nodeProcesses(inject("lab").stateDirectory);
  const names = processes.map(({ name }) => name).toSorted();
  expect(names).toEqual([...services.map(({ name }) => name), "console", "loadgen", "runner"].toSorted());

  const memory = processes.map(memoryOf);
  const own = memory.reduce((sum, { anonymous }) => sum + anonymous, 0);
  // Node's own code, which they all have in memory once. The tests have it too, so PSS would tell less than is taken.
  const shared = Math.max(...memory.map(({ file }) => file));
  expect(own + shared).toBeLessThan(PROMISED);
});

interface NodeProcess {
  readonly name: string;
  readonly pid: number;
}

function nodeProcesses(stateDirectory: string): NodeProcess[] {
  const read = (file: string): string => readFileSync(path.join(stateDirectory, file), "utf8");
  const started = JSON.parse(read("processes.json")) as NodeProcess[];
  const runner = { name: "runner", pid: Number(read(DEMO_PID)) };
  const executable = ({ pid }: NodeProcess): string => readlinkSync(`/proc/${pid}/exe`);
  return [runner, ...started].filter((each) => executable(each) === executable(runner));
}

/** MB that a process has to itself, and MB of files in memory. */
function memoryOf({ pid }: NodeProcess): { readonly anonymous: number; readonly file: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (field: string): number =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024) / 1e6;
  return { anonymous: megabytes("RssAnon"), file: megabytes("RssFile") };
}
