import { z } from "zod";
import { word } from "../../../services/kit/config.ts";
import { createTurns } from "../../../services/kit/turns.ts";
import { replaceFile } from "../state/replace-file.ts";
import { parseCommandLine } from "../command-line.ts";
import { NativeError } from "../errors.ts";
import { stackOptions } from "../options.ts";
import { listenForStop, StopRequest } from "../stop-request.ts";
import { runBatch } from "./batch-run.ts";
import { batches, type BenchBatch } from "./batches.ts";
import { describeReport } from "./report.ts";
import { problemsOf, type BenchReport } from "./verdict.ts";

const names = batches.map(({ name }) => name);

const usage = `npm run bench:page -- [options]

Causes incidents in stacks of its own under constant load, and prints when each crossed its threshold by arithmetic and when
its page was received; the same for rules of sloth's and of pyrra's shape in the same Prometheus. Exits 1 when a page came
before the crossing or without one, more than 25 s after it at the 95th percentile, not at all, or without an incident, and
when fewer than 20 incidents of 5 kinds crossed a threshold in a run of all batches.

  --batch NAMES        only these, with commas between (${names.join(", ")})
  --lanes N            stacks at once, from 1 to 4 (default 2); one takes about an hour for all
  --port-offset N      move every port by N; each further lane takes 300 more (default 10000)
  --seed N             repeat the same traffic and moments (default 1)
  --json FILE          write what was measured, too
  --help               this text
`;

const { "port-offset": portOffset, seed } = stackOptions;
const schema = z.strictObject({
  "port-offset": portOffset,
  seed,
  batch: z
    .string()
    .transform((text) => text.split(","))
    .refine((given) => given.every((name) => names.includes(name)), {
      error: `batches among ${names.join(", ")}`,
    })
    .optional(),
  lanes: z.enum(["1", "2", "3", "4"], { error: "a whole number from 1 to 4" }).transform(Number).optional(),
  json: word("a file").optional(),
});

const DEFAULTS = { portOffset: 10_000, seed: 1, lanes: 2 };
/** Between the ports of two lanes. */
const LANE_OFFSET = 300;

/**
 * `npm run bench:page`.
 *
 * @returns the exit code: 0 all pages in time; 1 not, or something failed; 2 a bad option or nothing could be started.
 */
export async function runPageBench(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  try {
    const options = parseCommandLine(args, schema, usage);
    if (options === "help") {
      process.stdout.write(usage);
      return 0;
    }
    const { batch: wanted = names, lanes = DEFAULTS.lanes } = options;
    const report = await runLanes(
      batches.filter(({ name }) => wanted.includes(name)),
      lanes,
      options["port-offset"] ?? DEFAULTS.portOffset,
      options.seed ?? DEFAULTS.seed,
      stop,
    );
    const problems = problemsOf(report);
    if (options.json !== undefined)
      await replaceFile(options.json, `${JSON.stringify({ ...report, problems }, undefined, 2)}\n`);
    process.stdout.write(`${describeReport(report)}\n`);
    process.stdout.write(
      problems.length === 0
        ? "Every page was in time, none was false or missed.\n"
        : `${problems.join("\n")}\n`,
    );
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof StopRequest) return error.exitCode;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof NativeError ? error.exitCode : 1;
  }
}

/** Takes batches off one list in several lanes, longest first, and puts their results in the list's order. */
async function runLanes(
  list: readonly BenchBatch[],
  lanes: number,
  portOffset: number,
  seed: number,
  stop: AbortSignal,
): Promise<BenchReport> {
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const waiting = list.toSorted((a, b) => b.warmUpSeconds - a.warmUpSeconds);
  const reports = new Map<BenchBatch, BenchReport>();
  // A start takes both cores, and requests that meet three at once are slow.
  const inTurn = createTurns(1);
  const lane = async (index: number): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const options = { portOffset: portOffset + index * LANE_OFFSET, seed, signal, say, inTurn };
      try {
        reports.set(batch, await runBatch(batch, options));
      } catch (error) {
        // One batch that fails must not cost the others' half an hour; what cannot be started at all ends the run.
        if (signal.aborted || (error instanceof NativeError && error.exitCode === 2)) throw error;
        const why = error instanceof Error ? error.message : String(error);
        reports.set(batch, { measurements: [], falsePages: [], failures: [`${batch.name}: ${why}`] });
      }
      say(`${batch.name}: done; ${waiting.length} of ${list.length} wait.`);
    }
  };
  const running = Array.from({ length: Math.min(lanes, list.length) }, (_, index) => lane(index));
  try {
    await Promise.all(running);
  } catch (error) {
    over.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
  const all = list.flatMap((batch) => reports.get(batch) ?? []);
  return {
    measurements: all.flatMap(({ measurements }) => measurements),
    falsePages: all.flatMap(({ falsePages }) => falsePages),
    failures: all.flatMap(({ failures = [] }) => failures),
  };
}

/** Progress, for somebody who watches; a pipe gets the tables only. */
function say(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
