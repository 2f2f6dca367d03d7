/** Runs one backtest in a thread of its own, so that the console answers meanwhile; see runs.ts. */
import { existsSync, readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { DAY } from "../../compiler/duration.ts";
import { loadSlos } from "../../compiler/openslo/load.ts";
import { BacktestError } from "../../backtest/errors.ts";
import { builtInPolicies } from "../../backtest/policies/built-in.ts";
import { createReader } from "../../backtest/read/prometheus.ts";
import { runBacktest } from "../../backtest/run-backtest.ts";
import { IncidentsError, parseIncidents } from "../../history/incidents.ts";
import type { BacktestTask, WorkerMessage } from "./runs.ts";

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

/** The past's own range, to now; without one the last 30 days. */
async function work({ prometheusUrl, sloPath, incidentsFile, timeScale }: BacktestTask): Promise<void> {
  const { slos } = loadSlos([sloPath]);
  const known = incidentsFile !== null && existsSync(incidentsFile);
  const file = known ? parseIncidents(readFileSync(incidentsFile, "utf8"), incidentsFile) : undefined;
  const to = Date.now() / 1000;
  const from = file === undefined ? to - (30 * DAY) / timeScale : Date.parse(file.from) / 1000;
  const report = await runBacktest({
    reader: createReader(prometheusUrl),
    slos,
    policies: builtInPolicies,
    incidents: file?.incidents ?? [],
    from,
    to,
    timeScale,
    onProgress: (share) => say({ kind: "progress", share }),
  });
  say({ kind: "report", report });
}

try {
  await work(workerData as BacktestTask);
} catch (error) {
  if (!(error instanceof BacktestError || error instanceof IncidentsError)) throw error;
  say({ kind: "refused", reason: error.message });
}
