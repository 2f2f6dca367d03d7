/** What the console's tests share. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { createReadiness } from "../../services/kit/health.ts";
import { createLogger } from "../../services/kit/logging.ts";
import type { PrometheusReader } from "../predict/prometheus-reader.ts";
import type { Switches } from "../faults/switches.ts";
import { createRegistry } from "../../services/kit/metrics.ts";
import { createApp } from "./app.ts";
import { createSources } from "./dashboards/data/sources.ts";
import type { SourceAddresses } from "./dashboards/data/sources.ts";
import { createLibrary } from "./dashboards/library.ts";
import type { BacktestRuns } from "./backtest/runs.ts";
import { createDeadMansSwitch } from "./dead-mans-switch.ts";
import { createEpisodeBook } from "./faults/episode-book.ts";
import { createFaultDesk } from "./faults/fault-desk.ts";
import { FaultLog } from "./faults/fault-log.ts";
import { createScenarioDesk } from "./faults/scenario-desk.ts";
import { createForesight } from "./faults/foresight.ts";
import { Inbox } from "./inbox.ts";
import { createIntake } from "./intake.ts";
import { Live } from "./live.ts";
import { consoleMetrics } from "./metrics.ts";
import { watchOverview } from "./overview/overview.ts";
import { PrometheusError } from "./overview/prometheus.ts";
import type { Prometheus } from "./overview/prometheus.ts";
import { readSloFacts } from "../predict/slo-facts.ts";
import { createStories } from "./timeline/stories.ts";

/** A folder that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "burnrate-console-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A body as Alertmanager 0.25 sent it, with monitoring/alertmanager's templates; see testdata/. */
export function captured(name: string): string {
  return readFileSync(path.join(import.meta.dirname, "testdata/alertmanager-0.25", name), "utf8");
}

/** A Prometheus that nobody can reach. */
const unreachable: Prometheus = {
  query: () => Promise.reject(new PrometheusError("http://prometheus:9090 refuses connections")),
  range: () => Promise.reject(new PrometheusError("http://prometheus:9090 refuses connections")),
  alerts: () => Promise.reject(new PrometheusError("http://prometheus:9090 refuses connections")),
};

/** No backtest was run, and none is. */
const idleBacktests: BacktestRuns = {
  read: () => ({ last: null, running: null, failure: null }),
  start: () => undefined,
  ensure: () => undefined,
  stop: () => Promise.resolve(),
};

export interface TestConsoleOptions {
  /** @default none is run */
  readonly backtests?: BacktestRuns;
  /** @default a folder of its own */
  readonly directory?: string;
  /** @default unreachable */
  readonly prometheus?: Prometheus;
  /** @default 1 */
  readonly timeScale?: number;
  /** @default 2026-11-21T12:00:00Z, standing still */
  readonly now?: () => Date;
  /** @default none: nothing can be broken */
  readonly switches?: Switches;
  /** A folder of dashboard files. @default an empty one */
  readonly dashboardFiles?: string;
  /** What dashboards ask. @default nobody answers */
  readonly dataSources?: Partial<SourceAddresses>;
  /** Tells the past that predictions come upon. @default unreachable */
  readonly reader?: PrometheusReader;
}

/** The whole console without its listeners. */
export function testConsole({
  directory = temporaryDirectory(),
  prometheus = unreachable,
  timeScale = 1,
  now = () => new Date("2026-11-21T12:00:00Z"),
  switches = { faults: new Map(), load: undefined },
  dashboardFiles = temporaryDirectory(),
  dataSources = { fetch: () => Promise.reject(new TypeError("nobody answers")) },
  reader = { value: () => Promise.reject(new Error("away")), range: () => Promise.reject(new Error("away")) },
  backtests = idleBacktests,
}: TestConsoleOptions = {}) {
  const problems: string[] = [];
  const logger = createLogger({ service: "console", level: "silent" });
  const inbox = new Inbox({ directory, onProblem: (problem) => problems.push(problem), now });
  onTestFinished(() => inbox.close());
  const deadMansSwitch = createDeadMansSwitch({ directory, timeScale, now });
  const live = new Live();
  onTestFinished(() => live.close());
  const registry = createRegistry();
  const metrics = consoleMetrics(registry, { inbox, live, deadMansSwitch });
  const intake = createIntake({ inbox, deadMansSwitch, live, metrics, logger });
  const watch = watchOverview({ prometheus, timeScale, onReading: () => undefined, now });
  const links = { prometheus: "http://localhost:9090", alertmanager: "http://localhost:9093", grafana: null };
  const stack = { links, timeScale, note: "Not running here: Loki." };
  const dashboards = {
    library: createLibrary(dashboardFiles),
    sources: createSources({ prometheus: "http://prometheus:9090", ...dataSources }),
    logger,
  };
  const readiness = createReadiness();
  const faultLog = new FaultLog({ directory, onProblem: (problem) => problems.push(problem) });
  onTestFinished(() => faultLog.close());
  const slos = readSloFacts();
  const onChange = (): void => live.changed();
  const onProblem = (problem: string): void => void problems.push(problem);
  const predict = createForesight({ reader, slos, timeScale });
  const book = createEpisodeBook({ log: faultLog, predict, onChange, onProblem, now });
  const desk = createFaultDesk({ switches, book, onChange, now });
  const scenarios = createScenarioDesk({ desk, timeScale, onChange, now });
  onTestFinished(() => scenarios.stop());
  const stories = createStories({ book, inbox, timeScale });
  const app = createApp({
    inbox,
    intake,
    deadMansSwitch,
    dashboards,
    live,
    watch,
    stack,
    registry,
    readiness,
    logger,
    now,
    desk,
    scenarios,
    stories,
    slos,
    prometheus,
    hostNames: [],
    backtests,
  });
  const post = (url: string, body: unknown, type = "application/json") =>
    app.request(url, {
      method: "POST",
      headers: { "content-type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  /** Posts a form as the console's own page does. */
  const submit = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "http://localhost",
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  return { app, post, submit, inbox, intake, deadMansSwitch, live, watch, registry, problems, desk, book };
}

/** A trigger that PagerDuty would take, with changes. */
export function trigger(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    routing_key: "0123456789abcdef0123456789abcdef",
    event_action: "trigger",
    dedup_key: "order/availability",
    payload: { summary: "order burns", source: "Alertmanager", severity: "critical" },
    ...changes,
  };
}
