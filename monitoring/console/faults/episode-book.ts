import { CONSOLE, ELSEWHERE, episodeOf, faultWords, keyOf } from "./episode.ts";
import type { ActiveSwitch, Crossing, Episode } from "./episode.ts";
import type { FaultLog } from "./fault-log.ts";
import type { Poll } from "./poll.ts";

/** Writes down what the listeners say: which faults begin, which end and how, and when their tiers are due to cross. */
export interface EpisodeBook {
  /** The faults that are on, oldest first. */
  readonly on: () => readonly Episode[];
  /** Every fault that is remembered, oldest first. */
  readonly all: () => readonly Episode[];
  /** Notes a fault that is on; `by` says who did it, where that is known. */
  readonly seen: (active: ActiveSwitch, by: string) => void;
  /** Compares what a listener says is on with what was on. */
  readonly take: (service: string, poll: Poll) => void;
}

export interface EpisodeBookOptions {
  readonly log: FaultLog;
  /** Computes when the tiers are going to cross. @throws when it cannot yet; it is asked again at the next look */
  readonly predict: (episode: Episode) => Promise<readonly Crossing[]>;
  readonly onChange: () => void;
  /** Hears of what could not be written, in words. */
  readonly onProblem: (problem: string) => void;
  /** @default the clock */
  readonly now?: () => Date;
}

/** A fault that ends this close to its time has ended by itself: clocks, and the looks at them, differ. Milliseconds. */
const EXPIRY_SLACK = 1500;

export function createEpisodeBook(options: EpisodeBookOptions): EpisodeBook {
  const { log, predict, onChange, onProblem, now = () => new Date() } = options;
  /** Listeners that did not answer the last time: what is gone when they do again has gone with a restart. */
  const silent = new Set<string>();
  const predicting = new Set<string>();
  /** Why a prediction could not be made, told once a reason: it is tried again every second. */
  let hindrance = "";

  const on = (): Episode[] => log.episodes.filter(({ endedAt }) => endedAt === null);

  function put(episode: Episode): void {
    try {
      log.put(episode);
    } catch (error) {
      onProblem(`a fault could not be written down: ${String(error)}`);
    }
    onChange();
  }

  async function foresee({ key }: Episode): Promise<void> {
    const episode = log.find(key);
    if (episode === undefined || predicting.has(key)) return;
    predicting.add(key);
    try {
      const crossings = [...(await predict(episode))];
      const latest = log.find(key);
      if (latest !== undefined) put({ ...latest, crossings, predicted: true });
      hindrance = "";
    } catch (error) {
      // Prometheus does not answer: the next look at this fault asks again.
      const problem = `when ${episode.service} ${faultWords(episode)} pages could not be computed: ${String(error)}`;
      if (problem !== hindrance) onProblem(problem);
      hindrance = problem;
    } finally {
      predicting.delete(key);
    }
  }

  function seen(active: ActiveSwitch, by: string): void {
    const known = log.find(keyOf(active));
    if (known === undefined) put(episodeOf(active, by));
    else if (known.by === ELSEWHERE && by !== ELSEWHERE) put({ ...known, by });
    const episode = log.find(keyOf(active));
    if (episode !== undefined && !episode.predicted) void foresee(episode);
  }

  const isDue = ({ expiresAt }: Episode): boolean => now().getTime() >= expiresAt - EXPIRY_SLACK;

  function ended(episode: Episode, end: NonNullable<Episode["end"]>): void {
    const at = end === "expired" ? Math.min(episode.expiresAt, now().getTime()) : now().getTime();
    put({ ...episode, endedAt: Math.max(episode.startedAt, at), end });
  }

  return {
    on,
    all: () => log.episodes,
    seen,
    take(service, poll) {
      const open = on().filter((each) => each.service === service);
      if ("problem" in poll) {
        silent.add(service);
        // A service that is gone cannot say so, but no fault outlives its time.
        for (const episode of open.filter(isDue)) ended(episode, "expired");
        return;
      }
      const active = new Set(poll.active.map(keyOf));
      for (const episode of open.filter(({ key }) => !active.has(key)))
        ended(episode, isDue(episode) ? "expired" : silent.has(service) ? "service restarted" : "undone");
      silent.delete(service);
      for (const each of poll.active) seen(each, ELSEWHERE);
    },
  };
}

/** `by the console`, `from a shell or another program`, `by the scenario slow-database`. */
export function byWhom({ by }: Pick<Episode, "by">): string {
  if (by === CONSOLE) return "by the console";
  return by === ELSEWHERE ? "from outside the console" : `by the scenario ${by}`;
}
