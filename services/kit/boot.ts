import type { Hono } from "hono";
import { createAdminApp } from "./admin.ts";
import { createFaultEffects } from "./fault-effects.ts";
import { faultMetrics } from "./fault-metrics.ts";
import { createFaultBoard } from "./faults.ts";
import { createReadiness } from "./health.ts";
import { spend } from "./latency.ts";
import { createLogger } from "./logging.ts";
import { createRegistry } from "./metrics.ts";
import { freshSeed } from "./random.ts";
import { listen } from "./server.ts";
import { shutdownOnSignal } from "./shutdown.ts";
import { createSimulation } from "./simulation.ts";
import type { ServiceConfig } from "./service-config.ts";
import type { ServiceDeps } from "./service-app.ts";

export interface BootOptions {
  /** The service's name, in its log lines. */
  name: string;
  config: ServiceConfig;
  /** Neighbours that a `dependency` fault can be aimed at. @default none */
  targets?: readonly string[];
  createApp: (deps: ServiceDeps) => Hono;
}

/**
 * Starts a service: logger, app, admin listener, business listener; and stops it on a signal: readiness off, faults
 * off, listeners closed, requests in flight finished. Exit codes: 0 clean stop, 1 failure or requests cut off, 2 a
 * log file that cannot be written.
 */
export async function boot({ name, config, targets = [], createApp }: BootOptions): Promise<void> {
  const logger = openLogger(name, config);
  const board = createFaultBoard({ targets });
  const { SEED: seed = freshSeed(), PROFILE: profile } = config;
  const simulation = createSimulation({ on: config.SIMULATION === "on", profile, seed });
  const readiness = createReadiness({ delay: config.READY_DELAY });
  const registry = createRegistry();
  faultMetrics(registry, board);
  const app = createApp({
    logger,
    registry,
    readiness,
    simulation,
    faults: createFaultEffects(board, simulation.random("faults")),
    bodyLimit: config.BODY_LIMIT,
    logSample: config.LOG_SAMPLE,
  });
  const adminApp = createAdminApp({ board, logger, token: config.ADMIN_TOKEN });
  try {
    const admin = await listen({ fetch: adminApp.fetch, host: config.ADMIN_HOST, port: config.ADMIN_PORT });
    const server = await listen({ fetch: app.fetch, host: config.HOST, port: config.PORT });
    logger.info(
      {
        port: server.port,
        admin_port: admin.port,
        profile,
        simulation: config.SIMULATION,
        seed,
      },
      "listening",
    );
    shutdownOnSignal({
      logger,
      stop: async () => {
        readiness.drain();
        // Requests that a fault holds would not finish by themselves.
        board.clear();
        await spend(config.DRAIN_DELAY);
        const cutOff = await Promise.all([
          server.stop(config.SHUTDOWN_DEADLINE),
          admin.stop(config.SHUTDOWN_DEADLINE),
        ]);
        return cutOff.reduce((sum, count) => sum + count, 0);
      },
    });
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function openLogger(name: string, { LOG_LEVEL, LOG_FILE }: ServiceConfig) {
  try {
    return createLogger({ service: name, level: LOG_LEVEL, file: LOG_FILE });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `LOG_FILE: got ${JSON.stringify(LOG_FILE)}, want a file that can be appended to (${reason})\n`,
    );
    return process.exit(2);
  }
}
