import { z } from "zod";
import { choice, ConfigError, readConfig } from "../../services/kit/config.ts";
import type { Environment } from "../../services/kit/config.ts";
import { NativeError } from "./errors.ts";

/** How much past a new Prometheus is given. */
export const histories = ["none", "30d"] as const;
export type History = (typeof histories)[number];

const environmentSchema = z.object({ HISTORY: choice(...histories).prefault("30d") });

/**
 * What the environment says, in HISTORY.
 *
 * @throws NativeError BAD_OPTION when it is neither.
 */
export function historyOf(environment: Environment): History {
  try {
    return readConfig(environmentSchema, environment).HISTORY;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new NativeError("BAD_OPTION", error.message, { cause: error });
  }
}
