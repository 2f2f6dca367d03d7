/** The backtest's arithmetic beside Prometheus' own, on the same history: every window from raw counters, by `increase`. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMetrics, playHistory } from "../compiler/accuracy/history.ts";
import { startBackfilled } from "../compiler/accuracy/prometheus.ts";
import type { BackfilledPrometheus } from "../compiler/accuracy/prometheus.ts";
import { decimal } from "../compiler/decimal.ts";
import { HOUR, MINUTE, duration } from "../compiler/duration.ts";
import { availability } from "../compiler/emit/lab-slos.ts";
import { builtInPolicies } from "./policies/built-in.ts";
import type { PolicyAlert } from "./policies/policy.ts";
import { createReader } from "./read/prometheus.ts";
import type { BacktestReport } from "./report/report.ts";
import { runBacktest } from "./run-backtest.ts";

const step = MINUTE;
const end = Date.UTC(2026, 5, 30, 9) / 1000;
const begin = end - 24 * HOUR;

/** A day with a restart, a total outage, a bad release, and errors that creep. */
const day = playHistory({
  days: 1,
  stepSeconds: step,
  peakRate: 40,
  nightShare: 0.2,
  baseErrorRatio: 0.0002,
  restartHour: 9.5,
  incidents: [
    { startHour: 4, hours: 0.1, errorRatio: 1 },
    { startHour: 9, hours: 1, errorRatio: 0.05 },
    { startHour: 15, hours: 5, errorRatio: 0.009 },
  ],
});

const slo = availability("order");
const selector = (labels: string): string =>
  `http_requests_total{service="order",path!="unmatched"${labels}}`;

/** The condition of an alert as a rule of the others' shape has it. */
function conditionOf({ anyOf }: PolicyAlert): string {
  const sum = (labels: string, seconds: number): string =>
    `sum(increase(${selector(labels)}[${duration(seconds)}]))`;
  return anyOf
    .map(({ windows }) =>
      windows
        .map(
          ({ seconds, above }) =>
            `${sum(',status=~"5.."', seconds)} / ${sum("", seconds)} > ${decimal(above)}`,
        )
        .join(" and "),
    )
    .join(" or ");
}

describe("a day of history", () => {
  let prometheus: BackfilledPrometheus | undefined;
  let report: BacktestReport | undefined;

  beforeAll(async () => {
    const series = [
      { labels: '{service="order",path="/a",status="200"}', stepSeconds: step, values: day.good },
      { labels: '{service="order",path="/a",status="500"}', stepSeconds: step, values: day.bad },
    ];
    prometheus = await startBackfilled(
      openMetrics([{ name: "http_requests_total", type: "counter", series }], end),
    );
    const reader = createReader(prometheus.url);
    report = await runBacktest({
      reader,
      slos: [slo],
      policies: builtInPolicies,
      from: begin,
      to: end,
      step,
    });
  });

  afterAll(() => prometheus?.stop());

  it("is counted to the last event", () => {
    // What the restart hid is the one step in which the counters began again: they count from 0 there, as `increase` does.
    expect(report?.slos[0]?.total).toBe(day.exact.total);
    expect(report?.slos[0]?.bad).toBe(day.exact.bad);
  });

  it("has something to fire at", () => {
    expect(new Set(report?.firings.map(({ policy, alert }) => `${policy} ${alert}`)).size).toBeGreaterThan(7);
  });

  it.each(
    builtInPolicies.flatMap((policy) =>
      policy.alertsFor(slo).map((alert) => [policy.name, alert.name, alert] as const),
    ),
  )(
    "%s %s fires within a step of where Prometheus says that its condition holds",
    async (policy, name, alert) => {
      const { times } = await createReader(prometheus?.url ?? "").range(conditionOf(alert), begin, end, step);
      const wanted = firingsOf(times, alert.forSeconds);
      const got = report?.firings
        .filter((one) => one.policy === policy && one.alert === name)
        .map((one) => [
          Date.parse(one.start) / 1000,
          one.end === null ? end + step : Date.parse(one.end) / 1000,
        ]);
      expect(got?.length).toBe(wanted.length);
      for (const [index, [start, over]] of wanted.entries()) {
        expect(Math.abs((got?.[index]?.[0] ?? 0) - start), `start of ${index}`).toBeLessThanOrEqual(step);
        expect(Math.abs((got?.[index]?.[1] ?? 0) - over), `end of ${index}`).toBeLessThanOrEqual(step);
      }
    },
  );
});

/** When an alert fires whose condition holds at these moments: each stretch, from `for` on, until it ends. */
function firingsOf(times: readonly number[], forSeconds: number): [start: number, end: number][] {
  const stretches: [number, number][] = [];
  for (const at of times) {
    const last = stretches.at(-1);
    if (last && at - last[1] <= step / 2) last[1] = at + step;
    else stretches.push([at, at + step]);
  }
  return stretches
    .map(([start, over]): [number, number] => [start + forSeconds, over])
    .filter(([start, over]) => start < over);
}
