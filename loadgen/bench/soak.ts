/**
 * `npm run bench:soak`: the three services and the load generator at a steady rate. It watches the memory of each
 * process and the rate that was achieved, and ends with code 1 when one of them misses its budget.
 */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { duration } from "../../services/kit/config.ts";
import { alignColumns } from "../columns.ts";
import { readCommandLineOrExit } from "../command-line.ts";
import { configSchema } from "../config.ts";
import { exitOnSignal } from "./exit-on-signal.ts";
import { freePorts } from "./free-ports.ts";
import { memoryVerdict } from "./memory-verdict.ts";
import { residentMegabytes } from "./proc.ts";
import { startProgram } from "./program.ts";
import { showProgress } from "./progress.ts";
import { servicePrograms } from "./service-programs.ts";
import type { Program, RunningProgram } from "./program.ts";
import type { MemorySample, MemoryVerdict } from "./memory-verdict.ts";

const config = readCommandLineOrExit(
  {
    usage: ["Watches memory and rate under a steady load.", "", "npm run bench:soak -- [options]"],
    options: {
      rps: { value: "N", help: "requests per second (200)", sets: [["RPS"]] },
      duration: { value: "TIME", help: "how long, at least a minute (5m)", sets: [["DURATION"]] },
    },
    schema: z.object({
      RPS: configSchema.shape.RPS.prefault("200"),
      DURATION: duration(60_000).prefault("5m"),
    }),
  },
  process.argv.slice(2),
  {},
);

const SAMPLE_MS = 2000;
/** How far the achieved rate may be from its target (issue 2). */
const RATE_TOLERANCE = 0.01;

exitOnSignal();
const ports = (await freePorts(7)).values();
const port = (): number => ports.next().value ?? 0;
const services = servicePrograms({ port });
const loadgenPort = port();
const loadgenUrl = `http://127.0.0.1:${loadgenPort}`;
const programs: Program[] = [
  ...services.map(({ program }) => program),
  {
    name: "loadgen",
    main: "loadgen/main.ts",
    env: {
      PORT: String(loadgenPort),
      RPS: String(config.RPS),
      DIURNAL: "off",
      BURSTS: "off",
      SEED: "1",
      ...Object.fromEntries(services.map(({ name, url }) => [`${name.toUpperCase()}_URL`, url])),
    },
    readyUrl: `${loadgenUrl}/readyz`,
  },
];

// The very first start of a program strips its types and fills the compile cache, and the stripper stays in memory:
// 25 MB that no later start has. The budget is about the later ones.
showProgress("filling the compile cache");
await stopAll(await startAll({ quiet: true }));
showProgress("starting");
const started = await startAll({ quiet: false });

const watched = started.map((running) => ({ running, samples: [] as MemorySample[] }));
const before = await requestsSent();
const elapsed = (): number => (performance.now() - before.at) / 1000;
while (elapsed() * 1000 < config.DURATION) {
  for (const { running, samples } of watched) {
    samples.push({ seconds: elapsed(), megabytes: residentMegabytes(running.pid) });
  }
  showProgress(`${elapsed().toFixed(0)} of ${config.DURATION / 1000} s`);
  await delay(Math.min(SAMPLE_MS, Math.max(0, config.DURATION - elapsed() * 1000)));
}
const after = await requestsSent();
showProgress("");
await stopAll(started);

const achieved = ((after.count - before.count) / (after.at - before.at)) * 1000;
const deviation = achieved / config.RPS - 1;
const verdicts = watched.map(({ running, samples }) => [running.name, memoryVerdict(samples)] as const);
const problems = verdicts.flatMap(([name, verdict]) => verdict.problems.map((text) => `${name} ${text}`));
if (Math.abs(deviation) > RATE_TOLERANCE) {
  problems.push(`the rate was ${(deviation * 100).toFixed(2)} % off, want at most ${RATE_TOLERANCE * 100} %`);
}

process.stdout.write(
  [
    `Node ${process.version}, ${elapsedText()}`,
    `target ${config.RPS} requests/s, achieved ${achieved.toFixed(2)} (${(deviation * 100).toFixed(2)} %)`,
    ...alignColumns([
      ["resident memory", "steady MB", "highest MB", "end MB", "MB/min, 2nd half"],
      ...verdicts.map(([name, verdict]) => row(name, verdict)),
    ]),
    ...problems.map((problem) => `FAILED: ${problem}`),
    "",
  ].join("\n"),
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** In order, so that the load generator, the last one, meets no service that is not ready. */
async function startAll({ quiet }: { quiet: boolean }): Promise<RunningProgram[]> {
  const running: RunningProgram[] = [];
  for (const program of programs) running.push(await startProgram({ ...program, quiet }));
  return running;
}

async function stopAll(running: readonly RunningProgram[]): Promise<void> {
  for (const program of running.toReversed()) await program.stop();
}

/** How many requests the load generator has sent, by its own counter, and when that was asked. */
async function requestsSent(): Promise<{ count: number; at: number }> {
  const answer = await fetch(`${loadgenUrl}/metrics`);
  const lines = (await answer.text()).matchAll(/^loadgen_requests_sent_total\{.*\} (\d+)$/gm);
  const at = performance.now();
  return { count: [...lines].reduce((sum, [, value]) => sum + Number(value), 0), at };
}

function row(name: string, { atSteady, highest, atEnd, megabytesPerMinute }: MemoryVerdict): string[] {
  return [name, atSteady.toFixed(1), highest.toFixed(1), atEnd.toFixed(1), megabytesPerMinute.toFixed(2)];
}

function elapsedText(): string {
  return `${((after.at - before.at) / 1000).toFixed(1)} s`;
}
