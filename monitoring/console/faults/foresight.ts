import { sloSeries } from "../../compiler/names.ts";
import { withCourse } from "../../predict/course.ts";
import { historyFromWindows } from "../../predict/history.ts";
import type { WindowCounts } from "../../predict/history.ts";
import { predictTiers } from "../../predict/predict.ts";
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import type { Prometheus } from "../overview/prometheus.ts";
import type { SloFacts } from "../slo-facts.ts";
import { effectOn } from "./effect.ts";
import type { Crossing, Episode } from "./episode.ts";

/** The windows that tell a service's past; shorter ones hold too few events to tell anything. Seconds. */
const WINDOWS = [5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY] as const;

/** How long an effect that the catalogue cannot tell is watched before it is taken for what goes on. Seconds. */
const WATCHED = MINUTE;

/** Its effect cannot be told yet. */
class TooEarly extends Error {
  override readonly name = "TooEarly";
}

export interface ForesightOptions {
  readonly prometheus: Prometheus;
  readonly slos: readonly SloFacts[];
  /** How many times faster than real the stack runs. */
  readonly timeScale: number;
  readonly now: () => Date;
}

/**
 * Makes what computes, for a fault that is on, when each tier of its service's SLOs crosses its threshold, from what the
 * windows held when the fault began. A share that the catalogue cannot tell is measured for a minute first.
 *
 * @returns a function that throws TooEarly until then, and PrometheusError when nobody answers.
 */
export function createForesight({ prometheus, slos, timeScale, now }: ForesightOptions) {
  return async (episode: Episode): Promise<Crossing[]> => {
    const own = slos.filter(({ service }) => service === episode.service);
    const found = await Promise.all(own.map((slo) => crossingsOf(slo, episode)));
    return found.flat();
  };

  async function crossingsOf(facts: SloFacts, episode: Episode): Promise<Crossing[]> {
    const { slo, sli } = facts;
    const effect = effectOn(sli, episode);
    if (effect.kind === "none") return [];
    const windows = await pastOf(facts, new Date(episode.startedAt));
    const [shortest] = windows;
    if (shortest === undefined || shortest.total === 0) return [];
    const base = Math.min(1, shortest.bad / shortest.total);
    const added = effect.kind === "share" ? effect.badShare : await observed(facts, episode);
    const eventsPerSecond = shortest.total / shortest.seconds;
    const timeline = withCourse(historyFromWindows(windows), {
      // The fault and what failed before it are independent.
      badShare: effect.kind === "share" ? 1 - (1 - added) * (1 - base) : added,
      eventsPerSecond,
      delaySeconds: effect.kind === "share" ? effect.delaySeconds : 0,
      lastsSeconds: (episode.expiresAt - episode.startedAt) / 1000,
      after: { badShare: base, eventsPerSecond },
    });
    return predictTiers(facts, timeline, { timeScale }).flatMap(({ tier, severity, crosses }) => {
      const factor = facts.tiers.find(({ name }) => name === tier)?.factor ?? 0;
      const at = Math.round(episode.startedAt + crosses * 1000);
      return Number.isFinite(crosses) ? [{ slo, sli, tier, severity, factor, at }] : [];
    });
  }

  /** What each window held at a moment, the shortest first, in seconds of this stack. */
  async function pastOf({ sli, slo }: SloFacts, at: Date): Promise<WindowCounts[]> {
    const ask = async (
      name: (sli: string, window: number) => string,
      window: number,
    ): Promise<number | null> =>
      (await prometheus.query(`${name(sli, window)}{slo="${slo}"}`, at))[0]?.value ?? null;
    const windows = await Promise.all(
      WINDOWS.map(async (window) => {
        const [bad, total] = await Promise.all([ask(sloSeries.bad, window), ask(sloSeries.total, window)]);
        return total === null ? [] : [{ seconds: window / timeScale, bad: bad ?? 0, total }];
      }),
    );
    return windows.flat();
  }

  /** The bad share of the first minute under the fault. */
  async function observed({ sli, slo }: SloFacts, { startedAt }: Episode): Promise<number> {
    const at = new Date(startedAt + ((WATCHED + 2 * 15) * 1000) / timeScale);
    if (now() < at) throw new TooEarly("the fault's share is still being measured");
    const [ratio] = await prometheus.query(`${sloSeries.ratio(sli, WATCHED)}{slo="${slo}"}`, at);
    return ratio === undefined || Number.isNaN(ratio.value) ? 0 : Math.min(1, Math.max(0, 1 - ratio.value));
  }
}
