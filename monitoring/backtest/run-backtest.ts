/** The whole backtest: reads each SLO's events once, gives them to all policies, and judges what would have fired. */
import { duration } from "../compiler/duration.ts";
import type { Slo } from "../compiler/model.ts";
import type { PastIncident } from "../history/incidents.ts";
import { backtestSlo } from "./engine/backtest-slo.ts";
import type { SloResult } from "./engine/backtest-slo.ts";
import { BacktestError } from "./errors.ts";
import { knownIncidents } from "./judge/known-incidents.ts";
import type { KnownIncident } from "./judge/match.ts";
import { longestWindow } from "./policies/policy.ts";
import type { Policy } from "./policies/policy.ts";
import { scaledAlert, scaledSlo } from "./policies/time-scale.ts";
import { alignedRange, checkStep, chooseStep, warmUpSeconds } from "./range.ts";
import { eventQueries, selectorOf } from "./read/event-queries.ts";
import type { PrometheusReader } from "./read/prometheus.ts";
import { readEvents } from "./read/read-events.ts";
import { buildReport } from "./report/build-report.ts";
import type { BacktestReport } from "./report/report.ts";

export interface BacktestJob {
  readonly reader: PrometheusReader;
  readonly slos: readonly Slo[];
  readonly policies: readonly Policy[];
  /** The truth, where it is known. @default unknown: nothing is judged */
  readonly incidents?: readonly PastIncident[];
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** In seconds. @default as long as the samples are apart */
  readonly step?: number | undefined;
  /** How many times faster than usual time passes there. @default 1 */
  readonly timeScale?: number;
  /** Hears how much is done, as a share. */
  readonly onProgress?: (share: number) => void;
}

/** What was found for one SLO. */
export interface SloFindings {
  readonly slo: Slo;
  readonly result: SloResult;
  /** Incidents of its SLI; the result's spans are theirs. */
  readonly touched: readonly KnownIncident[];
  /** Whether its steps are exact. */
  readonly exact: boolean;
}

/** How many SLOs are read at once: Prometheus answers one while the other is worked on. */
const AT_ONCE = 2;

/**
 * Runs a backtest.
 *
 * @throws BacktestError when Prometheus does not answer, has nothing in the range, or the range and step do not fit.
 */
export async function runBacktest(job: BacktestJob): Promise<BacktestReport> {
  const { reader, policies, timeScale = 1, onProgress = () => undefined } = job;
  const begun = performance.now();
  const slos = job.slos.map((slo) => scaledSlo(slo, timeScale));
  const alertsOf = new Map(
    job.slos.map((slo, index) => [
      slos[index],
      policies.flatMap((policy) =>
        policy.alertsFor(slo).map((alert) => ({ policy: policy.name, alert: scaledAlert(alert, timeScale) })),
      ),
    ]),
  );
  const owned = [...alertsOf.values()].flat();
  const alerts = owned.map(({ alert }) => alert);
  const step = job.step ?? (await chooseStep(reader, slos, { ...job, scale: timeScale }));
  checkStep(step, slos, alerts);
  const { from, to } = alignedRange(job.from, job.to, step);
  if (to <= from) throw new BacktestError(`the range is shorter than one step of ${duration(step)}`);
  const incidents = knownIncidents(job.incidents ?? [], slos, { from, to });

  let done = 0;
  let failed = false;
  const readFrom = from - Math.ceil(warmUpSeconds(alerts) / step) * step;
  const all = slos.length * ((to - readFrom) / step + 1);
  const findings: SloFindings[] = [];
  const waiting = slos.entries();
  const work = async (): Promise<void> => {
    for (const [index, slo] of waiting) {
      const touched = incidents.judged.filter(
        ({ service, sli }) => service === slo.service && sli.includes(slo.sli),
      );
      const queries = eventQueries(slo, step);
      const engine = backtestSlo({
        slo,
        alerts: alertsOf.get(slo) ?? [],
        partIs: queries.partIs,
        step,
        evaluateFrom: from,
        spans: touched,
      });
      for await (const chunk of readEvents(reader, queries, { from: readFrom, to, step })) {
        if (failed) return;
        engine.add(chunk);
        done += chunk.total.length;
        onProgress(Math.min(1, done / all));
      }
      findings[index] = { slo, result: engine.finish(), touched, exact: queries.exact };
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  // What one cannot read, the others need not read any further.
  for (const worker of workers) worker.catch(() => (failed = true));
  await Promise.all(workers);

  if (findings.every(({ result }) => result.known.from === null)) throw noData(slos, from, to);
  return buildReport({
    findings,
    policies,
    incidents,
    range: { from, to, step, timeScale },
    longest: owned.map(({ policy, alert }) => ({ policy, alert: alert.name, seconds: longestWindow(alert) })),
    cost: { seconds: (performance.now() - begun) / 1000, ...reader.asked() },
  });
}

function noData(slos: readonly Slo[], from: number, to: number): BacktestError {
  const [start, end] = [from, to].map((seconds) => new Date(seconds * 1000).toISOString());
  const selector = slos[0] && selectorOf(slos[0]);
  return new BacktestError(
    `no SLO has data from ${start} to ${end}. Prometheus may keep samples for a shorter time ` +
      `(--storage.tsdb.retention.time), or not have the series: try ${selector} there`,
  );
}
