import path from "node:path";
import { createReadiness } from "../../services/kit/health.ts";
import type { Logger } from "../../services/kit/logging.ts";
import { createRegistry } from "../../services/kit/metrics.ts";
import { listen } from "../../services/kit/server.ts";
import { prometheusReader } from "../predict/prometheus-reader.ts";
import { createApp } from "./app.ts";
import { createBacktestRuns } from "./backtest/runs.ts";
import type { ConsoleConfig } from "./config.ts";
import { openDashboards } from "./dashboards/open-dashboards.ts";
import { createDeadMansSwitch } from "./dead-mans-switch.ts";
import { openDesk } from "./faults/open-desk.ts";
import { Inbox } from "./inbox.ts";
import { createIntake } from "./intake.ts";
import { Live } from "./live.ts";
import { consoleMetrics } from "./metrics.ts";
import { watchOverview } from "./overview/overview.ts";
import type { OverviewReading } from "./overview/overview.ts";
import { createPrometheus } from "./overview/prometheus.ts";
import type { Stack } from "./pages/layout.ts";
import { readSloFacts } from "../predict/slo-facts.ts";
import { listenSmtp } from "./smtp.ts";
import { createStories } from "./timeline/stories.ts";

/** The SLO files beside us: those that the rules are made of. */
const SLO_PATH = path.resolve(import.meta.dirname, "../slo");

export interface RunningConsole {
  readonly port: number;
  readonly smtpPort: number;
  /** How many deliveries an earlier run left in the inbox. */
  readonly kept: number;
  /** Stops taking requests, ends the streams, closes the journals. @returns how many requests were cut off. */
  stop(): Promise<number>;
}

/** Starts the console: inbox, both listeners, and the questions to Prometheus. @throws Error in words for people. */
export async function startConsole(config: ConsoleConfig, logger: Logger): Promise<RunningConsole> {
  const { HOST: host, DATA_DIR: directory, TIME_SCALE: timeScale } = config;
  const inbox = new Inbox({ directory, onProblem: (problem) => logger.warn({ problem }, "journal") });
  const deadMansSwitch = createDeadMansSwitch({ directory, timeScale });
  const live = new Live();
  const registry = createRegistry();
  const metrics = consoleMetrics(registry, { inbox, live, deadMansSwitch });
  const intake = createIntake({ inbox, deadMansSwitch, live, metrics, logger });
  const readiness = createReadiness({ delay: config.READY_DELAY });
  const prometheus = createPrometheus(config.PROMETHEUS_URL);
  const watch = watchOverview({
    prometheus,
    timeScale,
    onReading: logReachability(logger, live),
  });
  const now = (): Date => new Date();
  const slos = readSloFacts();
  const { desk, scenarios, book, close } = openDesk({
    config,
    directory,
    reader: prometheusReader(config.PROMETHEUS_URL),
    slos,
    timeScale,
    now,
    onChange: () => live.changed(),
    onProblem: (problem) => logger.warn({ problem }, "fault log"),
  });
  const stories = createStories({ book, inbox, timeScale });
  const hostNames = config.HOST_NAMES ?? [];
  const backtests = createBacktestRuns({
    task: {
      prometheusUrl: config.PROMETHEUS_URL,
      sloPath: SLO_PATH,
      incidentsFile: config.INCIDENTS_FILE ?? null,
      timeScale,
    },
    directory,
    onChange: () => live.changed(),
    onProblem: (problem) => logger.warn({ problem }, "backtest"),
    now,
  });
  const pages = {
    backtests,
    inbox,
    deadMansSwitch,
    watch,
    live,
    stack: stackOf(config),
    now,
    desk,
    scenarios,
    stories,
    slos,
    hostNames,
    dashboards: openDashboards(config, logger),
    prometheus,
  };
  const app = createApp({ ...pages, intake, registry, readiness, logger });

  const onError = (error: Error): void => logger.warn({ err: error.message }, "mail connection failed");
  const smtp = await listenSmtp({ host, port: config.SMTP_PORT, intake, onError });
  const server = await listen({ fetch: app.fetch, host, port: config.PORT });
  watch.start();
  desk.start();
  return {
    port: server.port,
    smtpPort: smtp.port,
    kept: inbox.size,
    async stop() {
      readiness.drain();
      watch.stop();
      live.close();
      const stopping = [server.stop(config.SHUTDOWN_DEADLINE), smtp.stop(), backtests.stop()] as const;
      const [cutOff] = await Promise.all(stopping);
      inbox.close();
      close();
      return cutOff;
    },
  };
}

function stackOf(config: ConsoleConfig): Stack {
  return {
    links: {
      prometheus: config.PROMETHEUS_LINK ?? config.PROMETHEUS_URL,
      alertmanager: config.ALERTMANAGER_LINK ?? config.ALERTMANAGER_URL,
      grafana: config.GRAFANA_URL ?? null,
    },
    timeScale: config.TIME_SCALE,
    note: config.STACK_NOTE ?? null,
  };
}

/** Pages are told of each reading; the log only of the moments at which Prometheus goes and comes back. */
function logReachability(logger: Logger, live: Live): (reading: OverviewReading) => void {
  let reachable = true;
  return ({ unreachable }) => {
    if (reachable && unreachable !== null)
      logger.warn({ reason: unreachable.reason }, "Prometheus is unreachable");
    if (!reachable && unreachable === null) logger.info("Prometheus answers again");
    reachable = unreachable === null;
    live.changed();
  };
}
