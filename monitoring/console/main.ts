import { readConfigOrExit } from "../../services/kit/config.ts";
import { createLogger } from "../../services/kit/logging.ts";
import { shutdownOnSignal } from "../../services/kit/shutdown.ts";
import { consoleSchema } from "./config.ts";
import { startConsole } from "./start.ts";

const config = readConfigOrExit(consoleSchema, process.env);
try {
  const logger = createLogger({ service: "console", level: config.LOG_LEVEL, file: config.LOG_FILE });
  const running = await startConsole(config, logger);
  shutdownOnSignal({ logger, stop: () => running.stop() });
  const { port, smtpPort, kept } = running;
  logger.info({ port, smtp_port: smtpPort, notifications: kept }, "listening");
} catch (error) {
  process.stderr.write(`console: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
