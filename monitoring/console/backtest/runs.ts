import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { reportSchema } from "../../backtest/report/report.ts";
import type { BacktestReport } from "../../backtest/report/report.ts";
import { replaceFile } from "../../native/state/replace-file.ts";
import { backtestLimits } from "../limits.ts";

/** What the thread is told to look at. */
export interface BacktestTask {
  readonly prometheusUrl: string;
  /** The folder of the SLO files. */
  readonly sloPath: string;
  /** The truth about the past; need not be there. */
  readonly incidentsFile: string | null;
  readonly timeScale: number;
}

export type WorkerMessage =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "report"; readonly report: BacktestReport }
  | { readonly kind: "refused"; readonly reason: string };

/** The last backtest, and the one under way. */
export interface BacktestReading {
  readonly last: { readonly report: BacktestReport; readonly at: Date } | null;
  /** How much of it is done; null while none runs. */
  readonly running: number | null;
  /** Why the last try came to nothing, in words. */
  readonly failure: string | null;
}

export interface BacktestRuns {
  readonly read: () => BacktestReading;
  /** Begins a run, unless one is under way. */
  readonly start: () => void;
  /** Begins the first run, when there is no result and none was tried. */
  readonly ensure: () => void;
  readonly stop: () => Promise<void>;
}

export interface RunsOptions {
  readonly task: BacktestTask;
  /** Where the last result is kept. */
  readonly directory: string;
  readonly onChange: () => void;
  readonly onProblem: (problem: string) => void;
  readonly now: () => Date;
}

const keptSchema = z.object({ at: z.iso.datetime(), report: reportSchema });

/** Runs backtests one at a time, in a thread with bounded memory and time, and keeps the last result on disk. */
export function createBacktestRuns({ task, directory, onChange, onProblem, now }: RunsOptions): BacktestRuns {
  const file = path.join(directory, "backtest.json");
  let reading: BacktestReading = { last: readKept(file, onProblem), running: null, failure: null };
  let worker: Worker | undefined;
  let deadline: NodeJS.Timeout | undefined;

  const change = (next: Partial<BacktestReading>): void => {
    reading = { ...reading, ...next };
    onChange();
  };
  const end = (next: Partial<BacktestReading>): void => {
    clearTimeout(deadline);
    worker = undefined;
    change({ running: null, ...next });
  };

  function start(): void {
    if (worker !== undefined) return;
    const started = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: task,
      resourceLimits: backtestLimits.memory,
    });
    worker = started;
    const mine = (next: Partial<BacktestReading>): void => {
      if (worker === started) end(next);
    };
    change({ running: 0, failure: null });
    deadline = setTimeout(() => {
      mine({
        failure: `the backtest took longer than ${backtestLimits.time / 60_000} minutes and was ended`,
      });
      void started.terminate();
    }, backtestLimits.time);
    started.on("message", (message: WorkerMessage) => {
      if (worker !== started) return;
      if (message.kind === "progress") change({ running: message.share });
      else if (message.kind === "refused") mine({ failure: message.reason });
      else {
        const last = { report: bounded(message.report), at: now() };
        mine({ last });
        const text = JSON.stringify(last);
        replaceFile(file, text).catch((error: Error) => onProblem(`${file}: ${error.message}`));
      }
    });
    started.on("error", (error: Error) => {
      onProblem(`backtest: ${error.message}`);
      mine({ failure: `the backtest broke off: ${error.message}` });
    });
    started.on("exit", () => mine({ failure: "the backtest ended without a result" }));
  }

  return {
    read: () => reading,
    start,
    ensure() {
      if (reading.last === null && reading.failure === null) start();
    },
    async stop() {
      clearTimeout(deadline);
      const running = worker;
      worker = undefined;
      await running?.terminate();
    },
  };
}

/** A policy that fires all the time must not fill the console. */
function bounded(report: BacktestReport): BacktestReport {
  const { firings, notes } = report;
  if (firings.length <= backtestLimits.firings) return report;
  const note = `of ${firings.length} alerts the first ${backtestLimits.firings} are shown; slo backtest --json has all`;
  return { ...report, firings: firings.slice(0, backtestLimits.firings), notes: [...notes, note] };
}

function readKept(file: string, onProblem: (problem: string) => void): BacktestReading["last"] {
  try {
    if (statSync(file).size > backtestLimits.kept) return null;
    const { at, report } = keptSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return { at: new Date(at), report };
  } catch (error) {
    // It can be made again; a console must not fail to start for it.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      onProblem(`${file} is left unread: ${String(error)}`);
    return null;
  }
}
