import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { choice, duration } from "../../../services/kit/config.ts";
import { parseCommandLine } from "../command-line.ts";
import { NativeError } from "../errors.ts";
import { labOf, type Lab } from "../lab.ts";
import { stackOptions } from "../options.ts";
import { startStack, type Stack } from "../stack.ts";
import { listenForStop, StopRequest } from "../stop-request.ts";
import { until } from "../until.ts";
import { incidents } from "./incidents.ts";
import { measure, trafficSeconds } from "./measure.ts";
import { describeMeasurement, problemsOf } from "./verdict.ts";

const usage = `npm run bench:page -- [options]

Starts a stack of its own under constant load, causes incidents, and prints when each should have been paged by
arithmetic and when it was. Exits 1 when a page came too early, too late, or without an incident.

  --warm-up TIME       clean traffic before the first incident (default 2m; 145m for 51.84 s)
  --until WHAT         page, or resolved: also wait until the page has ended, half an hour at real scale (default page)
  --time-scale N       all windows and intervals N times shorter (default 1)
  --port-offset N      move every port by N (default 10000)
  --rps N              requests per second (default: the load generator's)
  --seed N             repeat the same traffic (default 1)
  --help               this text
`;

const schema = z.strictObject({
  ...stackOptions,
  "warm-up": duration(1000).optional(),
  until: choice("page", "resolved").optional(),
});

const DEFAULTS = { warmUpMs: 120_000, portOffset: 10_000, seed: 1 };
/** Without day, night and bursts, arithmetic is exact. */
const flatLoad = { loadgen: { DIURNAL: "off", BURSTS: "off" } };

/**
 * `npm run bench:page`.
 *
 * @returns the exit code: 0 all pages in time; 1 not, or something failed; 2 a bad option or nothing could be started.
 */
export async function runPageBench(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  try {
    const options = parseCommandLine(args, schema, usage);
    if (options !== "help") return await bench(options, stop);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    if (error instanceof StopRequest) return error.exitCode;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof NativeError ? error.exitCode : 1;
  }
}

type Options = z.output<typeof schema>;

async function bench(options: Options, signal: AbortSignal): Promise<number> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), "burnrate-bench-"));
  const { "time-scale": timeScale = 1, "port-offset": portOffset = DEFAULTS.portOffset, rps } = options;
  const { seed = DEFAULTS.seed } = options;
  try {
    const run = { stateDirectory, portOffset, timeScale, rps, seed, environment: flatLoad, signal, say };
    const stack = await startStack(run);
    try {
      return await causeIncidents(stack, { ...options, timeScale }, AbortSignal.any([signal, stack.failed]));
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

async function causeIncidents(
  stack: Stack,
  { timeScale, until: end, "warm-up": warmUpMs = DEFAULTS.warmUpMs }: Options & { timeScale: number },
  signal: AbortSignal,
): Promise<number> {
  const lab = labOf(stack);
  say(`Console on ${stack.url("console")}; ${warmUpMs / 1000} s of clean traffic first …`);
  await warmUp(lab, warmUpMs / 1000, signal);
  const problems = await falsePages(lab);
  for (const incident of incidents) {
    const measurement = await measure(lab, incident, {
      timeScale,
      untilResolved: end === "resolved",
      say,
      signal,
    });
    say(`\n${describeMeasurement(measurement)}`);
    problems.push(...problemsOf(measurement, timeScale).map((problem) => `${incident.name}: ${problem}`));
  }
  say(problems.length === 0 ? "\nEvery page was in time, none was false." : `\n${problems.join("\n")}`);
  return problems.length === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function warmUp(lab: Lab, seconds: number, signal: AbortSignal): Promise<void> {
  const looked = async (): Promise<boolean> => {
    const seen = await Promise.all(incidents.map(({ service }) => trafficSeconds(lab, service)));
    return seen.every((history = 0) => history >= seconds);
  };
  const deadlineMs = (seconds + 120) * 1000;
  if (!(await until(looked, deadlineMs, signal, 1000)))
    throw new Error("no traffic reached Prometheus in time");
}

async function falsePages(lab: Lab): Promise<string[]> {
  const pages = (await lab.notifications()).filter(
    ({ channel, state }) => channel === "pagerduty" && state === "firing",
  );
  return pages.map(({ summary }) => `paged without an incident: ${summary}`);
}
