import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ServiceName } from "../../../services/topology.ts";
import { withCourse } from "../../predict/course.ts";
import { callsFromOrder, expectedEffects, onTopOf } from "../../predict/expected.ts";
import { forecast } from "../../predict/forecast.ts";
import { observe } from "../../predict/observe.ts";
import { predictTiers } from "../../predict/predict.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Timeline } from "../../predict/timeline.ts";
import type { BenchIncident, BenchRound } from "./batches.ts";

const catalogueSchema = z.object({
  slos: z.array(
    z.object({
      slo: z.string(),
      service: z.enum(["order", "payment", "user"]),
      sli: z.enum(["availability", "latency"]),
      target: z.number(),
      tiers: z.array(
        z.object({
          name: z.string(),
          severity: z.enum(["critical", "warning"]),
          factor: z.number(),
          longSeconds: z.number(),
          shortSeconds: z.number(),
        }),
      ),
    }),
  ),
});

/** What the arithmetic needs of an SLO. */
export type SloFacts = z.output<typeof catalogueSchema>["slos"][number];

const catalogue = new URL("../../generated/slos.json", import.meta.url);

/** Reads an SLO from what the compiler generated. Throws RangeError for an unknown name. */
export function sloFacts(name: string): SloFacts {
  const { slos } = catalogueSchema.parse(JSON.parse(readFileSync(catalogue, "utf8")));
  const found = slos.find(({ slo }) => slo === name);
  if (found !== undefined) return found;
  throw new RangeError(`no SLO is named ${name}; npm run generate makes slos.json`);
}

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
  const pages = predictTiers(facts, timeline, { timeScale })
    .filter(({ severity, crosses }) => severity === "critical" && crosses < Infinity)
    .toSorted((a, b) => a.crosses - b.crosses);
  const [first] = pages;
  if (first === undefined) throw new RangeError(`${incident.slo}: by arithmetic there is no page`);
  const last = timeline.at(-1);
  const badShare = last === undefined ? 0 : last.badRate / last.totalRate;
  return { tier: first.tier, crosses: first.crosses, historySeconds: seen.historySeconds, badShare };
}

/** One fault alone, on a service that order does not call any more. */
function apart(
  past: Timeline,
  facts: SloFacts,
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
