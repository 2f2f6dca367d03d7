import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Lab } from "../lab.ts";
import { until } from "../until.ts";
import type { BenchBatch, BenchIncident, BenchRound } from "./batches.ts";
import { countedCrossing } from "./counted.ts";
import { firstPageAt, pagesOf, shapes, type Shape } from "./pages.ts";
import type { DuePage } from "./prediction.ts";
import { sloFacts } from "./slos.ts";

/** One incident, as predicted and as it came. */
export interface Measurement {
  readonly batch: string;
  readonly timeScale: number;
  readonly kind: BenchIncident["kind"];
  /** The fault, in words. */
  readonly fault: string;
  readonly slo: string;
  /** Milliseconds since 1970. */
  readonly faultOn: number;
  /** What was forecast when the fault began. */
  readonly due: DuePage;
  /** When the threshold was crossed by arithmetic, in seconds after the fault, and which tier's. */
  readonly crossed: Crossing | "nothing crossed";
  /** Seconds from the fault to the page, by whose rules; nothing when no page came while it was waited for. */
  readonly paged: Readonly<Record<Shape, number | undefined>>;
  /** The same from the crossing on; nothing where nothing crossed, too. */
  readonly late: Readonly<Record<Shape, number | undefined>>;
}

/** A crossing, and whether it was forecast or counted. */
export interface Crossing {
  readonly by: "forecast" | "count";
  readonly tier: string;
  readonly crosses: number;
  /** By how many seconds rules that are right may find it earlier: what they read was counted by scrape. */
  readonly within: number;
}

/** An incident whose fault is on. */
export interface Begun {
  readonly batch: BenchBatch;
  readonly round: BenchRound;
  readonly incident: BenchIncident;
  readonly due: DuePage;
  /** Milliseconds since 1970. */
  readonly faultOn: number;
}

/**
 * A forecast knows the expected share of bad events, not chance. For a crossing within this many seconds that is less
 * than a scrape; later crossings are counted from the events that came.
 */
const FORECAST_HOLDS = 60;
/** How long to wait for our page beyond the crossing, and for the others', in seconds at real scale. */
const PATIENCE = { ours: 90, others: 240 } as const;
/** And at least so long, in seconds of the stack, or this share of the forecast: chance makes a slow burn late. */
const LEAST_PATIENCE = { seconds: 60, share: 0.25 } as const;
const LOOK_EVERY_MS = 500;

/**
 * Waits for an incident's page by everybody's rules. That the events which came crossed nothing is a result, too: chance
 * may keep a slow burn below the threshold, and then no page is right.
 *
 * @throws RangeError for an unknown SLO; Error when Prometheus or the console does not answer.
 */
export async function follow(
  begun: Begun,
  {
    lab,
    reader,
    signal,
  }: { readonly lab: Lab; readonly reader: PrometheusReader; readonly signal: AbortSignal },
): Promise<Measurement> {
  const { batch, round, incident, due, faultOn } = begun;
  const { service } = sloFacts(incident.slo);
  const { service: broken, fault, variant, target = "" } = round.faults[incident.fault] ?? {};
  const found: Record<Shape, number | undefined> = { ours: undefined, sloth: undefined, pyrra: undefined };
  const least = Math.max(LEAST_PATIENCE.seconds, LEAST_PATIENCE.share * due.crosses);
  const patience = (seconds: number, crosses = due.crosses): number =>
    faultOn + (crosses + Math.max(least, seconds / batch.timeScale)) * 1000;
  const [oursBy, othersBy] = [patience(PATIENCE.ours), patience(PATIENCE.others)];
  const look = async (): Promise<boolean> => {
    const notifications = pagesOf(await lab.notifications());
    for (const shape of shapes) {
      found[shape] ??= firstPageAt(notifications, shape, { service, slo: incident.slo, since: faultOn });
    }
    if (found.ours === undefined) return Date.now() > oursBy;
    return shapes.every((shape) => found[shape] !== undefined);
  };
  await until(look, othersBy - Date.now(), signal, LOOK_EVERY_MS);
  const crossed = await crossingOf(begun, reader);
  if (crossed !== "nothing crossed" && found.ours === undefined) {
    // Chance may have made the crossing so late that its page is still to come.
    const ours = async (): Promise<boolean> => (await look(), found.ours !== undefined);
    await until(ours, patience(PATIENCE.ours, crossed.crosses) - Date.now(), signal, LOOK_EVERY_MS);
  }
  const paged = byShape((shape) => {
    const at = found[shape];
    return at === undefined ? undefined : (at - faultOn) / 1000;
  });
  const late = byShape((shape) => {
    const after = paged[shape];
    return after === undefined || crossed === "nothing crossed" ? undefined : after - crossed.crosses;
  });
  return {
    batch: batch.name,
    timeScale: batch.timeScale,
    kind: incident.kind,
    fault: `${broken} ${fault} ${variant} ${target}`.trim(),
    slo: incident.slo,
    faultOn,
    due,
    crossed,
    paged,
    late,
  };
}

async function crossingOf(
  { batch, incident, due, faultOn }: Begun,
  reader: PrometheusReader,
): Promise<Measurement["crossed"]> {
  if (due.crosses < FORECAST_HOLDS)
    return { by: "forecast", tier: due.tier, crosses: due.crosses, within: 0 };
  const counted = await countedCrossing(reader, incident.slo, faultOn, batch.timeScale);
  return counted === undefined ? "nothing crossed" : { by: "count", ...counted };
}

function byShape(secondsOf: (shape: Shape) => number | undefined): Measurement["paged"] {
  return { ours: secondsOf("ours"), sloth: secondsOf("sloth"), pyrra: secondsOf("pyrra") };
}
