/** One SLO's events go in, step by step; when each policy's alerts would have fired comes out. */
import type { Slo } from "../../compiler/model.ts";
import { budgetOf, longestWindow } from "../policies/policy.ts";
import type { PolicyAlert } from "../policies/policy.ts";
import type { EventChunk } from "../read/read-events.ts";
import { alertState } from "./alert-state.ts";
import { runningSums } from "./running-sums.ts";
import { budgetCounter } from "./slices.ts";
import { countSpans } from "./span-counts.ts";
import type { Span, SpanCount } from "./span-counts.ts";

/** One time that an alert fired. Times are seconds since 1970. */
export interface Firing {
  readonly policy: string;
  readonly alert: string;
  readonly severity: "page" | "ticket";
  readonly longWindowSeconds: number;
  readonly forSeconds: number;
  readonly start: number;
  /** The first evaluation at which it did not hold; null when it still fires at the end of the range. */
  readonly end: number | null;
  /** Whether it held at the first evaluation: it may have begun earlier. */
  readonly sinceBefore: boolean;
  /** The share of the period's budget that went within the alert's longest window, when it fired. */
  readonly budgetSpent: number;
  /** Bad events from the beginning of the history until it fired. */
  readonly badSoFar: number;
  /** Bad events that a period may have, by the traffic of the last one. */
  readonly allowedBad: number;
}

export interface SloBacktest {
  /** Takes the next chunk. */
  readonly add: (chunk: EventChunk) => void;
  /** What fired, by policy and start; call it once, after the last chunk. */
  readonly finish: () => SloResult;
}

export interface SloResult {
  readonly firings: readonly Firing[];
  /** What happened in each of the job's spans. */
  readonly spans: readonly SpanCount[];
  /** Events in the range. */
  readonly events: { readonly bad: number; readonly total: number };
  /** Steps that had data, and when the first of them ended (seconds since 1970). */
  readonly known: { readonly steps: number; readonly from: number | null };
  /** Memory of the windows. */
  readonly bytes: number;
}

/** An alert, and whose it is. */
export interface OwnedAlert {
  readonly policy: string;
  readonly alert: PolicyAlert;
}

export interface SloJob {
  readonly slo: Slo;
  readonly alerts: readonly OwnedAlert[];
  readonly partIs: "good" | "bad";
  readonly step: number;
  /** Alerts are evaluated from here on; what was read before only fills their windows. */
  readonly evaluateFrom: number;
  /** Spans whose events are asked for; seconds since 1970. */
  readonly spans: readonly Span[];
}

/** The engine of a backtest. Memory: two numbers for each step of the longest window, or of the SLO's period. */
export function backtestSlo({ slo, alerts, partIs, step, evaluateFrom, spans }: SloJob): SloBacktest {
  const period = slo.window.seconds / step;
  const longest = Math.max(period, ...alerts.map(({ alert }) => longestWindow(alert) / step));
  const sums = runningSums(longest);
  const count = budgetCounter(slo.budgeting);
  // With slices, badness is decided before the sums; without, good may exceed total in a step and not in a window.
  const sumsGood = partIs === "good" && slo.budgeting.method === "Occurrences";
  const states = alerts.map(({ policy, alert }) => ({
    policy,
    alert,
    step: alertState(alert.forSeconds),
    open: -1,
  }));
  const firings: Firing[] = [];
  const inSpans = countSpans(spans);
  const events = { bad: 0, total: 0 };
  const known = { steps: 0, from: null as number | null };
  let [spent, first, firstKnown] = [0, true, 0];

  const badIn = (steps: number): number =>
    sumsGood ? Math.max(0, sums.total(steps) - sums.part(steps)) : sums.part(steps);
  /** Bad events that a whole period may have, by the traffic seen within the last one. */
  const allowed = (): number =>
    (budgetOf(slo) * sums.total(period) * period) / Math.max(1, Math.min(period, sums.steps() - firstKnown));

  function isAbove({ windows, minimumEvents }: PolicyAlert["anyOf"][number]): boolean {
    for (const { seconds, above } of windows) {
      const total = sums.total(seconds / step);
      if (!(total > 0 && badIn(seconds / step) / total > above)) return false;
    }
    return sums.total(Math.max(...windows.map(({ seconds }) => seconds)) / step) >= minimumEvents;
  }

  function evaluate(time: number): void {
    for (const state of states) {
      const { policy, alert } = state;
      const change = state.step(time, alert.anyOf.some(isAbove));
      if (change === "ends") {
        const open = firings[state.open];
        if (open !== undefined) firings[state.open] = { ...open, end: time };
      }
      if (change !== "fires") continue;
      const window = longestWindow(alert);
      state.open = firings.length;
      firings.push({
        policy,
        alert: alert.name,
        severity: alert.severity,
        longWindowSeconds: window,
        forSeconds: alert.forSeconds,
        start: time,
        end: null,
        sinceBefore: first,
        budgetSpent: badIn(window / step) / allowed(),
        badSoFar: spent,
        allowedBad: allowed(),
      });
    }
    first = false;
  }

  function add({ from, total, part }: EventChunk): void {
    for (let index = 0; index < total.length; index++) {
      const time = from + index * step;
      const all = total[index] ?? Number.NaN;
      const some = part[index] ?? Number.NaN;
      const share = Number.isNaN(some) ? 0 : some;
      if (!Number.isNaN(all)) {
        if (known.from === null) [known.from, firstKnown] = [time, sums.steps()];
        known.steps += 1;
      }
      if (sumsGood) sums.add(Number.isNaN(all) ? 0 : share, Number.isNaN(all) ? 0 : all);
      else {
        const counted = count(time, {
          bad: partIs === "good" ? Math.max(0, all - share) : share,
          total: all,
        });
        sums.add(counted.bad, counted.total);
      }
      const [bad, counted] = [badIn(1), sums.total(1)];
      inSpans.add(time, bad, counted);
      spent += bad;
      if (time < evaluateFrom - step / 2) continue;
      events.bad += bad;
      events.total += counted;
      evaluate(time);
    }
  }

  return {
    add,
    finish: () => ({ firings, spans: inSpans.counts, events, known, bytes: sums.bytes }),
  };
}
