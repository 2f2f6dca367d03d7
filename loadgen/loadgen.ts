import { setTimeout as sleep } from "node:timers/promises";
import type { Hono } from "hono";
import { createReadiness, mountProbes } from "../services/kit/health.ts";
import { createRegistry } from "../services/kit/metrics.ts";
import { freshSeed } from "../services/kit/random.ts";
import { createRouter } from "../services/kit/router.ts";
import { listen } from "../services/kit/server.ts";
import { services } from "../services/topology.ts";
import { createLoadAdminApp } from "./admin.ts";
import { createAccounting } from "./accounting.ts";
import { burstLog } from "./burst-log.ts";
import { serviceUrls, trafficModel } from "./config.ts";
import { drive } from "./drive.ts";
import { loadgenMetrics } from "./metrics.ts";
import { rateCurve } from "./rate.ts";
import { reachabilityLog } from "./reachability-log.ts";
import { scenarios } from "./scenarios.ts";
import { schedule } from "./schedule.ts";
import { createSender } from "./send.ts";
import { createSurgeBoard } from "./surges.ts";
import { formatSummary } from "./summary.ts";
import { targetMeter } from "./target-meter.ts";
import type { Config } from "./config.ts";
import type { Logger } from "../services/kit/logging.ts";

export interface Loadgen {
  /** Where `/healthz`, `/readyz` and `/metrics` are. */
  readonly port: number;
  /** Where `/load` is; nothing when it was not asked for. */
  readonly adminPort: number | undefined;
  /** Settles when the duration is over, or after `stop`, and every answer has come or failed. */
  readonly done: Promise<void>;
  /** Sends nothing more, and gives up the answers that are still missing after the shutdown deadline. */
  stop(): Promise<void>;
  /** How the run went, for people. */
  summary(): string;
}

/** How often the target is added up and bursts and missing services are looked for. */
const BEAT_MS = 1000;

/**
 * Starts sending.
 *
 * @throws Error with a message for people when its own port cannot be listened on.
 */
export async function startLoadgen(config: Config, logger: Logger): Promise<Loadgen> {
  const { RPS: rps, SEED: seed = freshSeed(), DIURNAL: diurnal, MAX_IN_FLIGHT: maxInFlight } = config;
  const model = trafficModel(config);
  const usualRate = rateCurve({ rps, model, seed });
  const urls = serviceUrls(config);
  const now = epochClock();
  const board = createSurgeBoard(now);
  const rateAt = (epochMs: number): number => usualRate(epochMs) * board.factorAt(epochMs);

  const registry = createRegistry();
  const currentRps = () => rateAt(now()) / services.length;
  const account = createAccounting(loadgenMetrics({ registry, scenarios, currentRps }));
  const readiness = createReadiness();
  const app = createRouter([]);
  mountProbes(app, readiness, registry);
  const admin = await adminListener(config, createLoadAdminApp({ board, logger, token: config.ADMIN_TOKEN }));
  const server = await listen({ fetch: app.fetch, host: config.HOST, port: config.PORT });

  const sender = createSender({ urls, timeoutMs: config.REQUEST_TIMEOUT, connections: maxInFlight });
  const from = now();
  const until = from + (config.DURATION ?? Infinity);
  const starts = schedule({ seed, rateAt, from, scenarios });
  const meter = targetMeter(rateAt, from);
  const lookForBursts = burstLog({ logger, bursts: model.bursts, seed });
  const lookForServices = reachabilityLog({ logger, tallies: account.tallies, urls });
  logger.info({ port: server.port, rps, seed, diurnal, bursts: config.BURSTS, urls }, "sending");
  const run = drive({ starts, send: sender.send, account, maxInFlight, now, until });
  const beats = setInterval(beat, BEAT_MS);
  beat();

  function beat(): void {
    const at = Math.min(now(), until);
    meter.advance(at);
    lookForBursts(at);
    lookForServices();
  }

  let stopping: Promise<void> | undefined;
  async function end(): Promise<void> {
    readiness.drain();
    run.stop();
    clearInterval(beats);
    beat();
    const late = sleep(config.SHUTDOWN_DEADLINE, false, { ref: false });
    const inTime = await Promise.race([run.done.then(() => true), late]);
    const listeners = [server, admin].map((each) => each?.stop(config.SHUTDOWN_DEADLINE));
    await Promise.all([inTime ? sender.close() : sender.destroy(), ...listeners]);
  }

  const summary = () => formatSummary(account, { seed, seconds: meter.seconds, expected: meter.expected });
  const stop = (): Promise<void> => (stopping ??= end());
  return { port: server.port, adminPort: admin?.port, done: run.done, stop, summary };
}

/** The listener on which the traffic can be changed, where one is asked for. */
async function adminListener({ ADMIN_HOST: host, ADMIN_PORT: port }: Config, { fetch }: Pick<Hono, "fetch">) {
  return port === undefined ? undefined : listen({ fetch, host, port });
}

/** Milliseconds since the epoch that never go backwards, whatever is done to the machine's clock. */
function epochClock(): () => number {
  const begin = Date.now() - performance.now();
  return () => begin + performance.now();
}
