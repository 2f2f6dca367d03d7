import type { Logger } from "../../../services/kit/logging.ts";
import type { ConsoleConfig } from "../config.ts";
import { createSources } from "./data/sources.ts";
import { createLibrary } from "./library.ts";
import type { Dashboards } from "./routes.ts";

/** The dashboards of the folder, and the data sources, that the environment names. */
export function openDashboards(
  {
    DASHBOARDS_DIR,
    PROMETHEUS_URL,
    LOKI_URL,
  }: Pick<ConsoleConfig, "DASHBOARDS_DIR" | "PROMETHEUS_URL" | "LOKI_URL">,
  logger: Logger,
): Dashboards {
  return {
    library: createLibrary(DASHBOARDS_DIR),
    sources: createSources({ prometheus: PROMETHEUS_URL, loki: LOKI_URL }),
    logger,
  };
}
