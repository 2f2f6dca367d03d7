/** `npm run bench:backtest`: what a backtest of six SLOs costs over 30 days, and how little more memory longer ones take. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { openMetrics, playHistory } from "../../compiler/accuracy/history.ts";
import { startBackfilled } from "../../compiler/accuracy/prometheus.ts";
import { DAY, MINUTE } from "../../compiler/duration.ts";

const end = Date.UTC(2026, 5, 30) / 1000;
const services = ["order", "payment", "user"];

/** Days of history; the seconds between its samples, which is also the step; and routes, each with good and bad requests. */
const histories = [
  { days: 30, stepSeconds: MINUTE, routes: 12 },
  { days: 90, stepSeconds: 5 * MINUTE, routes: 2 },
  { days: 360, stepSeconds: 5 * MINUTE, routes: 2 },
] as const;

process.stdout.write("history  step  points       seconds  points a second  peak memory\n");
for (const { days, stepSeconds, routes } of histories) {
  const { good, bad } = playHistory({
    days,
    stepSeconds,
    peakRate: 40,
    nightShare: 0.2,
    baseErrorRatio: 0.0004,
    restartHour: 301.5,
    incidents: [{ startHour: 400, hours: 1, errorRatio: 0.2 }],
  });
  const series = services.flatMap((service) =>
    Array.from({ length: routes }, (_, route) => `service="${service}",path="/${route}"`).flatMap(
      (labels) => [
        { labels: `{${labels},status="200"}`, stepSeconds, values: good },
        { labels: `{${labels},status="500"}`, stepSeconds, values: bad },
      ],
    ),
  );
  const slow = (extra: string) =>
    services.map((service) => ({
      labels: `{service="${service}",path="/0"${extra}}`,
      stepSeconds,
      values: good,
    }));
  const prometheus = await startBackfilled(
    openMetrics(
      [
        { name: "http_requests_total", type: "counter", series },
        { name: "http_request_duration_seconds_bucket", type: "gauge", series: slow(',le="0.5"') },
        { name: "http_request_duration_seconds_count", type: "gauge", series: slow("") },
      ],
      end,
    ),
  );
  try {
    const last = await lastLine(prometheus.url, days, stepSeconds);
    const [, points = "", seconds = "", memory = ""] =
      /as ([\d,]+) points .*: ([\d.]+) s, peak memory (.*)$/.exec(last) ?? [];
    const rate = Number(points.replaceAll(",", "")) / Number(seconds);
    const cells = [
      `${days} d`.padEnd(9),
      `${stepSeconds / 60} m`.padEnd(6),
      points.padEnd(13),
      seconds.padEnd(9),
    ];
    process.stdout.write(`${cells.join("")}${Math.round(rate).toLocaleString("en").padEnd(17)}${memory}\n`);
  } finally {
    await prometheus.stop();
  }
}

/** Runs the command as a person does, in a process of its own, whose peak memory is its own. */
async function lastLine(url: string, days: number, stepSeconds: number): Promise<string> {
  const [from, to] = [end - days * DAY, end].map((seconds) => new Date(seconds * 1000).toISOString());
  const command = ["monitoring/compiler/cli/main.ts", "backtest", "--prometheus", url, "monitoring/slo"];
  const options = ["--from", from ?? "", "--to", to ?? "", "--step", `${stepSeconds}s`];
  const child = spawn(process.execPath, [...command, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) last = line;
  return last;
}
