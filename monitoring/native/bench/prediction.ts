import type { ServiceName } from "../../../services/topology.ts";
import { withCourse } from "../../predict/course.ts";
import { callsFromOrder, expectedEffects, onTopOf } from "../../predict/expected.ts";
import { forecast } from "../../predict/forecast.ts";
import { observe } from "../../predict/observe.ts";
import { firstPage, predictTiers } from "../../predict/predict.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Timeline } from "../../predict/timeline.ts";
import type { BenchIncident, BenchRound } from "./batches.ts";
import { sloFacts, type LabSlo } from "./slos.ts";

/** When a page is due; seconds after the incident's fault. */
export interface DuePage {
  readonly tier: string;
  readonly crosses: number;
  readonly historySeconds: number;
  /** Share of bad events that the SLI is expected to have. */
  readonly badShare: number;
}

/** When the faults of a round begin, in milliseconds since 1970, in their order. */
export type FaultMoments = readonly number[];

/**
 * Predicts the first page of an incident from what the windows hold at the moment of its fault.
 *
 * @param moments of all faults of the round, also those to come.
 * @throws RangeError when arithmetic knows of no page: the data of the benchmark is wrong.
 */
export async function predictPage(
  reader: PrometheusReader,
  round: BenchRound,
  incident: BenchIncident,
  moments: FaultMoments,
  timeScale: number,
): Promise<DuePage> {
  const facts = sloFacts(incident.slo);
  const begin = moments[incident.fault] ?? 0;
  const seen = await observe(reader, facts, begin, timeScale);
  const usual = { eventsPerSecond: seen.eventsPerSecond, badShare: seen.badShare };
  const timeline = incident.apart
    ? apart(seen.past, facts, usual, round, incident)
    : forecast(
        seen.past,
        facts,
        usual,
        round.faults.map((fault, index) => {
          const from = ((moments[index] ?? begin) - begin) / 1000;
          return { ...fault, from, to: Infinity };
        }),
      );
  const first = firstPage(predictTiers(facts, timeline, { timeScale }));
  if (first === undefined) throw new RangeError(`${incident.slo}: by arithmetic there is no page`);
  const last = timeline.at(-1);
  const badShare = last === undefined ? 0 : last.badRate / last.totalRate;
  return { tier: first.tier, crosses: first.crosses, historySeconds: seen.historySeconds, badShare };
}

/** One fault alone, on a service that order does not call any more. */
function apart(
  past: Timeline,
  facts: LabSlo,
  usual: { readonly eventsPerSecond: number; readonly badShare: number },
  { faults }: BenchRound,
  incident: BenchIncident,
): Timeline {
  const fault = faults[incident.fault];
  const effect =
    fault && expectedEffects(fault.service, fault).find((each) => isOf(each, facts.service, facts.sli));
  if (effect === undefined) throw new RangeError(`${incident.slo}: its fault does nothing to it`);
  return withCourse(past, {
    badShare: onTopOf(usual.badShare, effect.badShare),
    eventsPerSecond: usual.eventsPerSecond * (facts.service === "order" ? 1 : 1 - callsFromOrder),
    delaySeconds: effect.delaySeconds,
  });
}

function isOf(
  effect: { readonly service: ServiceName; readonly sli: string },
  service: ServiceName,
  sli: string,
): boolean {
  return effect.service === service && effect.sli === sli;
}
