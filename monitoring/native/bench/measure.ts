import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../../services/kit/random.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Lab } from "../lab.ts";
import { until } from "../until.ts";
import type { BenchBatch, BenchIncident, BenchRound } from "./batches.ts";
import { falsePages, firstPageAt, pagesOf, shapes, type Shape } from "./pages.ts";
import { predictPage, sloFacts, type DuePage } from "./prediction.ts";

/** One page that had to come, as predicted and as it came. */
export interface Measurement {
  readonly batch: string;
  readonly timeScale: number;
  readonly kind: BenchIncident["kind"];
  /** The fault, in words. */
  readonly fault: string;
  readonly slo: string;
  /** Milliseconds since 1970. */
  readonly faultOn: number;
  readonly due: DuePage;
  /** Seconds after the crossing by arithmetic, by whose rules; nothing when no page came while it was waited for. */
  readonly late: Readonly<Record<Shape, number | undefined>>;
}

/** What a round gave. */
export interface RoundResult {
  readonly measurements: readonly Measurement[];
  readonly falsePages: readonly string[];
}

export interface MeasureOptions {
  readonly lab: Lab;
  readonly reader: PrometheusReader;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** How long faults of a round lie apart, at most and at least; so their moments meet every phase of scrape and evaluation. */
const APART_MS = { first: 15_000, least: 1000, most: 8000 } as const;
/** How long to wait for our page beyond the crossing, and for the others', in seconds at real scale. */
const PATIENCE = { ours: 90, others: 240 } as const;
const LEAST_PATIENCE = 60;
/** Longer than any round. The services end a fault themselves should this process die. */
const FAULT_LASTS = "30m";
const LOOK_EVERY_MS = 500;

/** Breaks what a round says, follows each incident to its pages, mends everything, and waits until all is resolved. */
export async function measureRound(
  batch: BenchBatch,
  round: BenchRound,
  options: MeasureOptions,
): Promise<RoundResult> {
  const { lab, signal, say, random } = options;
  const begin = Date.now();
  const moments = planMoments(round, begin, random);
  const measured: Promise<Measurement>[] = [];
  try {
    for (const [index, { service, ...fault }] of round.faults.entries()) {
      await wait(Math.max(0, (moments[index] ?? 0) - Date.now()), undefined, { signal });
      const incidents = round.incidents.filter((incident) => incident.fault === index);
      const due = await Promise.all(
        incidents.map((incident) => predictPage(options.reader, round, incident, moments, batch.timeScale)),
      );
      await lab.breakService(service, { ...fault, for: FAULT_LASTS });
      const faultOn = Date.now();
      for (const [position, incident] of incidents.entries()) {
        const page = due[position];
        if (page === undefined) continue;
        say(
          `${batch.name}: ${service} ${fault.fault} ${fault.variant}; ${incident.slo} crosses after ${page.crosses.toFixed(1)} s (${page.tier})`,
        );
        measured.push(follow(batch, round, incident, page, faultOn, options));
      }
    }
    const measurements = await Promise.all(measured);
    const services = round.incidents.map(({ slo }) => sloFacts(slo).service);
    const notifications = await lab.notifications();
    const wrong = falsePages(notifications, { services, between: [begin, Date.now()] });
    // And about the services of this round, nobody is told before anything is wrong with them.
    const early = measurements.flatMap(({ slo, faultOn }) => {
      const own = sloFacts(slo).service;
      const others = services.filter((service) => service !== own);
      return falsePages(notifications, { services: others, between: [begin, faultOn] });
    });
    return { measurements, falsePages: [...new Set([...wrong, ...early])] };
  } finally {
    await Promise.all(round.faults.map(({ service }) => lab.mendService(service)));
    await Promise.allSettled(measured);
  }
}

/** Waits until no page fires any more and the last word about each was that it is over. */
export async function quietAgain(batch: BenchBatch, { lab, signal }: MeasureOptions): Promise<void> {
  const deadlineMs = (3600 / batch.timeScale + 60) * 1000;
  const quiet = async (): Promise<boolean> => {
    const notifications = await lab.notifications();
    const threads = new Map<string, string>();
    for (const { channel, alertname, service, slo, state } of notifications) {
      if (channel !== "pagerduty") continue;
      const key = `${alertname} ${service} ${alertname?.endsWith("Shape") ? slo : ""}`;
      if (!threads.has(key)) threads.set(key, state);
    }
    return [...threads.values()].every((state) => state === "resolved");
  };
  if (!(await until(quiet, deadlineMs, signal, 1000)))
    throw new Error(`${batch.name}: pages did not resolve`);
}

function planMoments({ faults }: BenchRound, begin: number, random: Random): number[] {
  let at = begin + random() * APART_MS.first;
  return faults.map((_, index) => {
    if (index > 0) at += APART_MS.least + random() * (APART_MS.most - APART_MS.least);
    return Math.round(at);
  });
}

async function follow(
  batch: BenchBatch,
  round: BenchRound,
  incident: BenchIncident,
  due: DuePage,
  faultOn: number,
  { lab, signal }: MeasureOptions,
): Promise<Measurement> {
  const { service } = sloFacts(incident.slo);
  const { service: broken, fault, variant, target = "" } = round.faults[incident.fault] ?? {};
  const found: Record<Shape, number | undefined> = { ours: undefined, sloth: undefined, pyrra: undefined };
  const crossing = faultOn + due.crosses * 1000;
  const patience = (seconds: number): number =>
    crossing + Math.max(LEAST_PATIENCE, seconds / batch.timeScale) * 1000;
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
  const late = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : (at - crossing) / 1000;
  return {
    batch: batch.name,
    timeScale: batch.timeScale,
    kind: incident.kind,
    fault: `${broken} ${fault} ${variant} ${target}`.trim(),
    slo: incident.slo,
    faultOn,
    due,
    late: { ours: late(found.ours), sloth: late(found.sloth), pyrra: late(found.pyrra) },
  };
}
