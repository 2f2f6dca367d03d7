import { alertName } from "../../compiler/names.ts";
import type { Lab, Notification } from "../lab.ts";
import { until } from "../until.ts";
import type { Incident } from "./incidents.ts";
import { crossingSeconds, resetSeconds, type Prediction } from "./predict.ts";
import { sloFacts } from "./slo-facts.ts";

/** One incident, as predicted and as it came. Moments in milliseconds since 1970, spans in seconds. */
export interface Measurement {
  readonly incident: Incident;
  readonly historySeconds: number;
  readonly badBefore: number;
  readonly faultOn: number;
  /** After `faultOn`, by arithmetic, for the history that the service had. */
  readonly crossing: number;
  /** The same for a service with a full window of clean traffic. */
  readonly fullCrossing: number;
  /** The first evaluation at which the page's condition held. */
  readonly firing: number;
  readonly received: Readonly<Record<PageChannel, number>>;
  readonly faultOff: number;
  /** After `faultOff`, by arithmetic, when the last page that fired by then clears. */
  readonly reset: number;
  /** Nothing when nobody waited for it. */
  readonly resolved: Readonly<Record<PageChannel, number>> | undefined;
}

export const pageChannels = ["pagerduty", "slack"] as const;
export type PageChannel = (typeof pageChannels)[number];

export interface MeasureOptions {
  readonly timeScale: number;
  /** Whether to wait until the page is resolved. */
  readonly untilResolved: boolean;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How long to wait beyond what arithmetic says, in milliseconds. */
const PATIENCE_MS = 180_000;

/**
 * Causes an incident and follows it: fault on, page in Prometheus, page at the console, fault off, resolved.
 *
 * @throws Error when a step does not come within three minutes of when arithmetic says; the fault is switched off.
 */
export async function measure(lab: Lab, incident: Incident, options: MeasureOptions): Promise<Measurement> {
  const { service, slo, name } = incident;
  const { timeScale, say, signal } = options;
  const historySeconds = (await trafficSeconds(lab, service)) ?? 0;
  const good = await lab.query(`slo:${incident.sli}:ratio_rate1h{slo="${slo}"}`);
  const badBefore = 1 - (good ?? 1);
  const predictions = predictionsFor(incident, timeScale, historySeconds, badBefore);
  const crossing = firstCrossing(predictions);
  const step = <T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> =>
    reach(`${name}: ${what}`, look, seconds * 1000 + PATIENCE_MS, signal);

  say(`${name}: fault on; the threshold is crossed after ${crossing.toFixed(2)} s by arithmetic.`);
  const faultOn = Date.now();
  await lab.breakService(service, incident.fault);
  try {
    const firing = await step("page in Prometheus", crossing, async () => {
      const pages = await lab.firingPages();
      return pages.find(({ labels }) => labels["slo"] === slo)?.activeAt;
    });
    const notified = (state: string, since: number, seconds: number) =>
      step(`${state} at the console`, seconds, async () =>
        byChannel((await lab.notifications()).filter((each) => concerns(each, service, state, since))),
      );
    const received = await notified("firing", faultOn, crossing);
    await lab.mendService(service);
    const faultOff = Date.now();
    const lasted = (faultOff - faultOn) / 1000;
    const fired = predictions.filter((each) => crossingSeconds(each) <= lasted);
    const reset = Math.max(...fired.map(resetSeconds));
    say(`${name}: paged and mended; the last page clears after ${reset.toFixed(0)} s by arithmetic.`);
    const resolved = options.untilResolved ? await notified("resolved", faultOff, reset) : undefined;
    const fullCrossing = firstCrossing(predictionsFor(incident, timeScale, Infinity, 0));
    return {
      incident,
      historySeconds,
      badBefore,
      faultOn,
      crossing,
      fullCrossing,
      firing,
      received,
      faultOff,
      reset,
      resolved,
    };
  } finally {
    await lab.mendService(service);
  }
}

/** For how long Prometheus has seen a service's request counter, in seconds. */
export function trafficSeconds(lab: Lab, service: string): Promise<number | undefined> {
  const samples = `timestamp(http_requests_total{service="${service}"})`;
  return lab.query(`time() - min(min_over_time(${samples}[7h:5s]))`);
}

/**
 * Which tier pages first depends on the history: 14.4 × 1 h is less than 6 × 6 h, but where there is less than
 * 2.4 h of traffic the six-hour window is so short that its lower factor is reached sooner.
 */
function firstCrossing(predictions: readonly Prediction[]): number {
  return Math.min(...predictions.map(crossingSeconds));
}

function predictionsFor(
  { slo, badShare }: Incident,
  timeScale: number,
  historySeconds: number,
  badBefore: number,
): readonly Prediction[] {
  const { target, pages } = sloFacts(slo);
  if (pages.length === 0) throw new RangeError(`${slo} has no tier that pages`);
  return pages.map(({ factor, longSeconds, shortSeconds }) => ({
    threshold: factor * (1 - target),
    longSeconds: longSeconds / timeScale,
    shortSeconds: shortSeconds / timeScale,
    historySeconds,
    badBefore,
    badDuring: badShare,
  }));
}

async function reach<T>(
  what: string,
  look: () => Promise<T | undefined>,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<T> {
  const found = await until(look, deadlineMs, signal);
  if (found !== undefined) return found;
  throw new Error(`${what}: not seen within ${(deadlineMs / 1000).toFixed(0)} s`);
}

function concerns(each: Notification, service: string, state: string, since: number): boolean {
  const isPage = each.alertname === alertName.burnRateCritical;
  return isPage && each.service === service && each.state === state && each.received_at >= since;
}

/** When each paging channel first heard of it; nothing until all have. */
function byChannel(found: readonly Notification[]): Record<PageChannel, number> | undefined {
  const first = (channel: PageChannel): number =>
    Math.min(...found.filter((each) => each.channel === channel).map((each) => each.received_at));
  const moments = { pagerduty: first("pagerduty"), slack: first("slack") };
  return pageChannels.every((channel) => Number.isFinite(moments[channel])) ? moments : undefined;
}
