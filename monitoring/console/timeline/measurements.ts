import { label, sloSeries } from "../../compiler/names.ts";
import { MINUTE } from "../../compiler/duration.ts";
import { tierDelays } from "../../predict/pipeline.ts";
import { timelineLimits } from "../limits.ts";
import { PrometheusError } from "../overview/prometheus.ts";
import type { Prometheus, Series } from "../overview/prometheus.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";
import { alertSpans, firstAbove } from "./readings.ts";
import type { AlertSpan } from "./readings.ts";
import type { Story } from "./story.ts";

/** What Prometheus saw of one tier. Milliseconds since 1970. */
export interface TierMeasured {
  readonly tier: SloFacts["tiers"][number];
  /** The first evaluation of the incident at which both windows were above the threshold. */
  readonly crossedAt: number | null;
  readonly alerts: readonly AlertSpan[];
}

export interface SloMeasured {
  readonly facts: SloFacts;
  /** Share of bad events of the last minute (of real scale). */
  readonly badShare: Series["points"];
  readonly tiers: readonly TierMeasured[];
}

/** What Prometheus knows of an incident; or why it cannot be asked. */
export type Measured =
  | { readonly slos: readonly SloMeasured[]; readonly until: number }
  | { readonly problem: string };

export interface MeasurementsOptions {
  readonly prometheus: Prometheus;
  readonly slos: readonly SloFacts[];
  readonly timeScale: number;
  readonly now: () => Date;
}

/** Asks Prometheus about incidents; many who look at one at the same time ask once. Never throws. */
export function createMeasurements(options: MeasurementsOptions): (story: Story) => Promise<Measured> {
  const kept = new Map<string, { readonly until: number; readonly measured: Promise<Measured> }>();
  return (story) => {
    const at = options.now().getTime();
    const known = kept.get(story.id);
    if (known !== undefined && known.until > at) return known.measured;
    const measured = measure(story, options).catch((error: unknown): Measured => {
      if (error instanceof PrometheusError) return { problem: error.message };
      throw error;
    });
    kept.delete(story.id);
    kept.set(story.id, { until: at + timelineLimits.keptFor, measured });
    for (const id of kept.keys()) if (kept.size > timelineLimits.kept) kept.delete(id);
    return measured;
  };
}

/** How long after its last event an incident is still drawn; real seconds. */
const TAIL = 2 * MINUTE;

async function measure(
  story: Story,
  { prometheus, slos, timeScale, now }: MeasurementsOptions,
): Promise<Measured> {
  // What was broken comes first, then what calls it.
  const own = story.services.flatMap((name) => slos.filter(({ service }) => service === name));
  if (own.length === 0) return { slos: [], until: now().getTime() };
  const until = Math.min(now().getTime(), lastEvent(story, now()) + (TAIL * 1000) / timeScale);
  const from = story.startedAt - (5 * MINUTE * 1000) / timeScale;
  const seconds = Math.max(1, Math.ceil((until - from) / 1000));
  const services = `service=~"${[...new Set(own.map(({ service }) => service))].join("|")}"`;
  const names = own.flatMap(({ sli, tiers }) => [
    sloSeries.ratio(sli, MINUTE),
    ...tiers.flatMap(({ longSeconds, shortSeconds }) => [
      sloSeries.burnRate(sli, longSeconds),
      sloSeries.burnRate(sli, shortSeconds),
    ]),
  ]);
  const ask = (selector: string): Promise<Series[]> =>
    prometheus.range(`${selector}[${window(seconds)}]`, new Date(until));
  const [recorded, alerts] = await Promise.all([
    ask(`{__name__=~"${[...new Set(names)].join("|")}",${services}}`),
    ask(`ALERTS{${label.tier}!="",${services}}`),
  ]);
  return {
    until,
    slos: own.map((facts) => sloMeasured(facts, story, { recorded, alerts, until }, timeScale)),
  };
}

/** Samples as they were recorded, as long as they are few; else one in so many seconds. */
function window(seconds: number): string {
  const step = Math.ceil(seconds / timelineLimits.points);
  return seconds <= timelineLimits.rawSeconds ? `${seconds}s` : `${seconds}s:${step}s`;
}

function lastEvent({ endedAt, notices, crossings }: Story, now: Date): number {
  if (endedAt === null) return now.getTime();
  const moments = [
    ...notices.map((notice) => Date.parse(notice.received_at)),
    ...crossings.map(({ at }) => at),
  ];
  return Math.max(endedAt, ...moments);
}

/** What Prometheus has of the time until a moment; milliseconds since 1970. */
interface Answers {
  readonly recorded: readonly Series[];
  readonly alerts: readonly Series[];
  readonly until: number;
}

function sloMeasured(
  facts: SloFacts,
  { startedAt }: Story,
  { recorded, alerts, until }: Answers,
  timeScale: number,
): SloMeasured {
  const own = (series: Series): boolean => series.labels[label.slo] === facts.slo;
  const points = (name: string): Series["points"] =>
    recorded.find((series) => own(series) && series.labels["__name__"] === name)?.points ?? [];
  return {
    facts,
    badShare: points(sloSeries.ratio(facts.sli, MINUTE)).map(([at, good]) => [at, 1 - good]),
    tiers: facts.tiers.map((tier) => {
      const [long, short] = [tier.longSeconds, tier.shortSeconds].map((seconds) =>
        points(sloSeries.burnRate(facts.sli, seconds)),
      );
      const firing = alerts.filter((series) => own(series) && series.labels[label.tier] === tier.name);
      const step = tierDelays(tier, timeScale).evaluation * 1000;
      return {
        tier,
        crossedAt: firstAbove(long ?? [], short ?? [], tier.factor, startedAt),
        alerts: alertSpans(firing, step, until),
      };
    }),
  };
}
