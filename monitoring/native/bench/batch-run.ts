import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { seededRandom } from "../../../services/kit/random.ts";
import type { Turns } from "../../../services/kit/turns.ts";
import { prometheusReader, type PrometheusReader } from "../../predict/prometheus-reader.ts";
import { labOf } from "../lab.ts";
import { startStack } from "../stack.ts";
import { until } from "../until.ts";
import type { BenchBatch } from "./batches.ts";
import { routeContenders } from "./contender-routes.ts";
import { pyrraRules, slothRules } from "./contender-rules.ts";
import { measureRound, quietAgain } from "./measure.ts";
import { falsePages } from "./pages.ts";
import { labSlos } from "./slos.ts";
import type { BenchReport } from "./verdict.ts";

export interface BatchOptions {
  readonly portOffset: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Lets one start of a stack go on at a time. */
  readonly inTurn: Turns;
}

/** Without day, night and bursts, arithmetic is exact. */
const flatLoad = { loadgen: { DIURNAL: "off", BURSTS: "off" } };
/** How long Prometheus may take to answer on a busy machine, in milliseconds: late is better than a batch lost. */
const PATIENT_MS = 60_000;
/** What a start may take beyond the clean traffic that is waited for. */
const START_PATIENCE_SECONDS = 120;

/**
 * Runs one batch in a stack of its own, with the rules of other shapes beside ours.
 *
 * @throws NativeError when the stack cannot be started or dies; Error when traffic or a resolution does not come.
 */
export async function runBatch(batch: BenchBatch, options: BatchOptions): Promise<BenchReport> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), "burnrate-bench-"));
  try {
    const stack = await options.inTurn(() =>
      startStack({
        stateDirectory,
        portOffset: options.portOffset,
        timeScale: batch.timeScale,
        rps: batch.requestsPerSecond,
        seed: options.seed,
        environment: flatLoad,
        additions: {
          rules: { sloth: slothRules(labSlos), pyrra: pyrraRules(labSlos) },
          alertmanager: routeContenders,
        },
        signal: options.signal,
      }),
    );
    try {
      const signal = AbortSignal.any([options.signal, stack.failed]);
      const reader = prometheusReader(stack.url("prometheus"), PATIENT_MS);
      const measuring = { lab: labOf(stack), reader, random: seededRandom(options.seed, batch.name) };
      return await measureBatch(batch, { ...measuring, signal, say: options.say });
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

async function measureBatch(
  batch: BenchBatch,
  options: Parameters<typeof measureRound>[2],
): Promise<BenchReport> {
  const { lab, reader, say, signal } = options;
  const begin = Date.now();
  say(`${batch.name}: ${batch.warmUpSeconds} s of clean traffic first.`);
  await warmUp(reader, batch, signal);
  const reports: BenchReport[] = [
    {
      measurements: [],
      falsePages: falsePages(await lab.notifications(), { services: [], between: [begin, Date.now()] }),
    },
  ];
  for (const [index, round] of batch.rounds.entries()) {
    if (index > 0) await quietAgain(batch, options);
    reports.push(await measureRound(batch, round, options));
  }
  return {
    measurements: reports.flatMap(({ measurements }) => measurements),
    falsePages: reports.flatMap((report) => report.falsePages),
  };
}

async function warmUp(
  reader: PrometheusReader,
  { name, warmUpSeconds }: BenchBatch,
  signal: AbortSignal,
): Promise<void> {
  // Of one series a service: the load generator calls this route of each from the start.
  const samples =
    'timestamp(http_requests_total{method="GET",path=~"/api/(orders|payments|users)",status="200"})';
  const looked = async (): Promise<boolean> => {
    const oldest = await reader.value(`time() - min(min_over_time(${samples}[30m:5s]))`);
    return (oldest ?? 0) >= warmUpSeconds;
  };
  const deadlineMs = (warmUpSeconds + START_PATIENCE_SECONDS) * 1000;
  if (!(await until(looked, deadlineMs, signal, 2000)))
    throw new Error(`${name}: no traffic reached Prometheus in time`);
}
