/** `npm run bench:rules`: what one SLO's rules cost Prometheus, and how wrong their 30-day ratio is, side by side. */
import { openMetrics, playHistory } from "../accuracy/history.ts";
import type { History, HistoryPlan } from "../accuracy/history.ts";
import { startBackfilled } from "../accuracy/prometheus.ts";
import type { BackfilledPrometheus } from "../accuracy/prometheus.ts";
import { DAY } from "../duration.ts";
import { availability } from "../emit/lab-slos.ts";
import { sloSeries } from "../names.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import { sloGroups } from "../rules/slo-groups.ts";
import { pyrra, sloth } from "./contenders.ts";
import type { Contender } from "./contenders.ts";
import { ourSeries, theirSeries } from "./recorded-history.ts";

/** One history for all: busy days, quiet nights, an incident at noon and one at midnight. */
const plan: HistoryPlan = {
  days: 31,
  stepSeconds: 60,
  peakRate: 60,
  nightShare: 0.02,
  baseErrorRatio: 0.0002,
  restartHour: 301.5,
  incidents: [
    { startHour: 180.2, hours: 0.4, errorRatio: 0.05 },
    { startHour: 383.7, hours: 1.6, errorRatio: 0.5 },
    { startHour: 660.1, hours: 0.1, errorRatio: 1 },
  ],
};
/** Each with good and bad requests: twelve series, as a small service has. */
const routes = ["/a", "/b", "/c", "/d", "/e", "/f"];
const end = Date.UTC(2026, 5, 30, 9) / 1000;
/** What we promise: at most this share of sloth's samples, and less than pyrra's performance mode. */
const promisedShare = 0.02;

const slo = availability("order");
const groups = sloGroups(slo, defaultLinkBases);
const expressionOf = (record: string): string =>
  groups.flatMap((group) => group.rules).find((rule) => "record" in rule && rule.record === record)?.expr ??
  "";
const ours: Contender = {
  name: "burnrate",
  rules: groups.flatMap((group) =>
    group.rules.map(({ expr }) => ({ expr, intervalSeconds: group.intervalSeconds })),
  ),
  monthlyBadShare: `${expressionOf(sloSeries.bad(slo.sli, 30 * DAY))}\n/\n${expressionOf(sloSeries.total(slo.sli, 30 * DAY))}`,
};

const history = playHistory(plan);
const prometheus = await startBackfilled(
  openMetrics([raw(history), ...ourSeries(slo, groups, history, 60), ...theirSeries(history, 60)], end),
);
try {
  const contenders = [ours, sloth(), pyrra("accuracy"), pyrra("performance")];
  process.stdout.write(
    "                                  samples per SLO and minute   evaluation ms per minute   30-day ratio off by\n",
  );
  const samples: number[] = [];
  for (const contender of contenders) samples.push(await report(prometheus, contender, exactShare(history)));
  const [own = 0, ofSloth = 0, , ofPyrra = 0] = samples;
  process.stdout.write(
    `burnrate touches ${((100 * own) / ofSloth).toFixed(2)} % of sloth's samples, ${((100 * own) / ofPyrra).toFixed(2)} % of pyrra's in performance mode\n`,
  );
  if (own > promisedShare * ofSloth || own >= ofPyrra) process.exitCode = 1;
} finally {
  await prometheus.stop();
}

async function report(
  prometheus: BackfilledPrometheus,
  contender: Contender,
  exact: number,
): Promise<number> {
  let samples = 0;
  let seconds = 0;
  for (const { expr, intervalSeconds } of contender.rules) {
    const result = await prometheus.query(expr, end);
    samples += result.samples * (60 / intervalSeconds);
    seconds += result.seconds * (60 / intervalSeconds);
  }
  const { value: share = Number.NaN } = await prometheus.query(contender.monthlyBadShare, end);
  const off = Math.abs(share / exact - 1) * 100;
  const columns = [
    contender.name.padEnd(32),
    samples.toFixed(0).padStart(28),
    (seconds * 1000).toFixed(1).padStart(26),
    `${off.toFixed(4)} %`.padStart(21),
  ];
  process.stdout.write(`${columns.join(" ")}\n`);
  return samples;
}

/** The last 30 days of the 31. */
function exactShare({ good, bad }: History): number {
  const first = good.length - 1 - (30 * DAY) / plan.stepSeconds;
  const increase = (values: readonly number[]): number => {
    let sum = 0;
    for (let index = first + 1; index < values.length; index++) {
      const [before = 0, now = 0] = [values[index - 1], values[index]];
      sum += now < before ? now : now - before;
    }
    return sum;
  };
  return increase(bad) / (increase(bad) + increase(good));
}

function raw({ good, bad }: History): Parameters<typeof openMetrics>[0][number] {
  const series = routes.flatMap((path) => [
    { labels: `{service="order",path="${path}",status="200"}`, stepSeconds: plan.stepSeconds, values: good },
    { labels: `{service="order",path="${path}",status="500"}`, stepSeconds: plan.stepSeconds, values: bad },
  ]);
  return { name: "http_requests_total", type: "counter", series };
}
