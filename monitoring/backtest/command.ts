import type { Command } from "../compiler/cli/command.ts";
import { readOptions } from "../compiler/cli/options.ts";
import { hasErrors, printProblems } from "../compiler/cli/report.ts";
import { loadSlos } from "../compiler/openslo/load.ts";
import { IncidentsError } from "../history/incidents.ts";
import { BacktestError } from "./errors.ts";
import {
  backtestForms,
  backtestSchema,
  readAccess,
  readIncidents,
  readPolicies,
  readRange,
} from "./options.ts";
import type { BacktestOptions } from "./options.ts";
import { progressLine } from "./progress.ts";
import { createReader } from "./read/prometheus.ts";
import { printReport } from "./report/print.ts";
import type { BacktestReport } from "./report/report.ts";
import { runBacktest } from "./run-backtest.ts";

/** `slo backtest`: what would have paged, and was it right? */
export const backtest: Command = {
  summary: "tell when alerts would have fired over stored history, and whether they were right",
  usage: `backtest --prometheus URL PATH... [options]

Reads each SLO's events from any Prometheus by the SLO's own queries, and tells
every time that each alert policy would have paged or ticketed. With the known
incidents also precision, recall, detection time and reset time.

  --prometheus URL        where it answers, with its path prefix; user:password@ is understood
  --from T, --to T        2026-11-01T00:00:00Z, or a time ago such as 30d (default: the incidents' range, or 30 days)
  --incidents FILE        what really happened, as monitoring/history writes it
  --policy LIST           burnrate,sloth,pyrra,threshold (default: all), and files of your own, apart by commas
  --step 60s              how finely to look (default: as the samples are apart)
  --time-scale N          the stack runs N times faster, from 1 to 60
  --bearer-token-file F   send the token in this file
  --header "Name: value"  send this with each request
  --json                  print all for machines

Ends with 1 when a file has an error, or Prometheus cannot be asked.`,
  async run(args, terminal) {
    const options = readOptions(args, backtestForms, backtestSchema);
    const { out, err } = terminal;
    const { slos, problems } = loadSlos(options.paths);
    err(printProblems(problems.filter(({ severity }) => severity === "error")));
    if (hasErrors(problems)) return 1;
    if (slos.length === 0) {
      err("There is no SLO among these files.\n");
      return 1;
    }
    const progress = progressLine(process.stderr);
    try {
      const report = await run(options, slos, terminal.now(), progress.show);
      progress.clear();
      out(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report, peakMemory()));
      return 0;
    } catch (error) {
      progress.clear();
      if (!(error instanceof BacktestError || error instanceof IncidentsError)) throw error;
      err(`${error.message}\n`);
      return 1;
    }
  },
};

async function run(
  options: BacktestOptions,
  slos: Parameters<typeof runBacktest>[0]["slos"],
  now: number,
  onProgress: (share: number) => void,
): Promise<BacktestReport> {
  const file = readIncidents(options.incidents);
  const { url, headers } = readAccess(options);
  return runBacktest({
    reader: createReader(url, { headers }),
    slos,
    policies: readPolicies(options.policy),
    incidents: file?.incidents ?? [],
    ...readRange(options, file, now),
    step: options.step,
    timeScale: options["time-scale"],
    onProgress,
  });
}

/** In bytes; `maxRSS` is in kilobytes. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
