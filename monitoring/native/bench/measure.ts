import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../../services/kit/random.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import type { Lab } from "../lab.ts";
import { until } from "../until.ts";
import type { BenchBatch, BenchRound } from "./batches.ts";
import { follow, type Measurement } from "./follow.ts";
import { falsePages } from "./pages.ts";
import { predictPage } from "./prediction.ts";
import { sloFacts } from "./slos.ts";

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
/** Longer than any round. The services end a fault themselves should this process die. */
const FAULT_LASTS = "30m";

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
        measured.push(follow({ batch, round, incident, due: page, faultOn }, options));
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
