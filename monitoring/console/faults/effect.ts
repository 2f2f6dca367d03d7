import { faultCatalogue } from "../../../services/kit/fault-catalogue.ts";
import type { Episode } from "./episode.ts";

/** What a fault does to one SLI of the service that it is switched on at. */
export type Effect =
  /** So large a share of the events turns bad, the first one so many seconds after the switch. */
  | { readonly kind: "share"; readonly badShare: number; readonly delaySeconds: number }
  /** Nothing. */
  | { readonly kind: "none" }
  /** It depends on the service: how often it calls the neighbour, how near it is to its limit. */
  | { readonly kind: "unknown" };

/** The lab's latency objective: what takes longer is bad. Milliseconds. */
const LATENCY_LIMIT = 500;
/** From here on callers give up, and what they gave up on counts as it happens to end. Milliseconds. */
const CALLERS_TIMEOUT = 2000;

const none: Effect = { kind: "none" };
const unknown: Effect = { kind: "unknown" };

/**
 * Tells from the catalogue alone what a fault does to an SLI.
 *
 * @param sli the SLI's family: `availability`, `latency`.
 */
export function effectOn(sli: string, { fault, variant }: Pick<Episode, "fault" | "variant">): Effect {
  const effect = faultCatalogue
    .find(({ name }) => name === fault)
    ?.variants.find(({ name }) => name === variant)?.effect;
  if (effect === undefined) return none;
  const [availability, latency] = [sli === "availability", sli === "latency"];
  if (effect.kind === "dependency" || (effect.kind === "outage" && effect.answer === "hang")) return unknown;
  if (effect.kind === "latency") {
    if (!latency) return effect.milliseconds < CALLERS_TIMEOUT ? none : unknown;
    const delaySeconds = effect.milliseconds / 1000;
    return effect.milliseconds > LATENCY_LIMIT ? { kind: "share", badShare: 1, delaySeconds } : unknown;
  }
  const badShare = effect.kind === "errors" ? effect.share : 1;
  return availability ? { kind: "share", badShare, delaySeconds: 0 } : none;
}
