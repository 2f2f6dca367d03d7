import { inBurst } from "./bursts.ts";
import type { Bursts } from "./traffic.ts";
import type { Logger } from "../services/kit/logging.ts";

export interface BurstLogOptions {
  readonly logger: Pick<Logger, "warn">;
  readonly bursts: Bursts | null;
  readonly seed: number;
}

/**
 * Says in the log when a burst begins and ends, as warnings (reference 2.4): whoever looks at a spike of traffic
 * finds its cause.
 *
 * @returns a function to call about once a second, with milliseconds since the epoch.
 */
export function burstLog({ logger, bursts, seed }: BurstLogOptions): (epochMs: number) => void {
  let lasting = false;
  return (epochMs) => {
    if (bursts === null || inBurst(epochMs / 1000, bursts, seed) === lasting) return;
    lasting = !lasting;
    const { factor, seconds } = bursts;
    if (lasting) logger.warn({ event: "burst_start", factor, seconds }, `burst: ${factor} times the traffic`);
    else logger.warn({ event: "burst_end", factor, seconds }, "burst is over");
  };
}
