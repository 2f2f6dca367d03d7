import { services } from "../../../services/topology.ts";
import type { ServiceName } from "../../../services/topology.ts";
import { expectedEffects } from "../../predict/expected.ts";
import { forecast } from "../../predict/forecast.ts";
import type { ScheduledFault } from "../../predict/forecast.ts";
import { observe } from "../../predict/observe.ts";
import { predictTiers } from "../../predict/predict.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";
import type { Crossing, Episode } from "./episode.ts";

export interface ForesightOptions {
  readonly reader: PrometheusReader;
  readonly slos: readonly SloFacts[];
  /** How many times faster than real the stack runs. */
  readonly timeScale: number;
}

/** How long after its fault's end the last hanging request is given up, in seconds. */
const LINGERS = 10;

/**
 * Makes what computes, for a fault that is on, when each tier of each SLO that it touches crosses its threshold: from what
 * was recorded when the fault began, what the fault does, and when it ends by itself.
 *
 * @returns a function that throws what the reader throws.
 */
export function createForesight({ reader, slos, timeScale }: ForesightOptions) {
  return async (episode: Episode): Promise<Crossing[]> => {
    const { fault, variant, target } = episode;
    const service = services.find(({ name }) => name === episode.service)?.name;
    if (service === undefined) return [];
    const order = { service, fault, variant, ...(target === null ? {} : { target }) };
    const touched = slos.filter((slo) =>
      expectedEffects(service, order).some(
        (effect) => effect.service === slo.service && effect.sli === slo.sli,
      ),
    );
    const found = await Promise.all(touched.map((slo) => crossingsOf(slo, episode, order)));
    return found.flat();
  };

  async function crossingsOf(
    facts: SloFacts,
    { startedAt, expiresAt }: Episode,
    order: Omit<ScheduledFault, "from" | "to">,
  ): Promise<Crossing[]> {
    const { slo, sli, service } = facts;
    // The fault was seen a moment after it began: what counts is what was known when it did.
    const { past, ...usual } = await observe(reader, facts, startedAt, timeScale);
    const touchedSli = { service: service as ServiceName, sli: sli as "availability" | "latency" };
    const ends = (expiresAt - startedAt) / 1000;
    const timeline = forecast(past, touchedSli, usual, [{ ...order, from: 0, to: ends }]);
    return predictTiers(facts, timeline, { timeScale }).flatMap(({ tier, severity, crosses }) => {
      const factor = facts.tiers.find(({ name }) => name === tier)?.factor ?? 0;
      const at = Math.round(startedAt + crosses * 1000);
      // What was above its threshold already is not this fault's doing, nor what crosses long after its end.
      return crosses > 0 && crosses <= ends + LINGERS ? [{ slo, sli, tier, severity, factor, at }] : [];
    });
  }
}
