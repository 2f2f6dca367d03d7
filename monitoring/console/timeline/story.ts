/**
 * Incidents as stories: what was broken, when a page was due by arithmetic, who heard of it when, and when it was over.
 * Told from the console's own journals alone, so that it also reads while Prometheus is away.
 */
import { services as topology } from "../../../services/topology.ts";
import { MINUTE, HOUR } from "../../compiler/duration.ts";
import { isPage } from "../../compiler/windows.ts";
import type { Crossing, Episode } from "../faults/episode.ts";
import type { Listed } from "../store.ts";

export interface Story {
  /** Of the first fault, or of the first notification where there was none. */
  readonly id: string;
  /** Oldest first; none when nobody switched anything. */
  readonly faults: readonly Episode[];
  /** Those that were broken, then those that call them. */
  readonly services: readonly string[];
  readonly startedAt: number;
  /** When the last fault ended, or the last channel heard that all is well; null while it goes on. */
  readonly endedAt: number | null;
  /** Every crossing that its faults were going to cause and lasted for, or were heard of for, the earliest first. */
  readonly crossings: readonly Crossing[];
  /** What was received because of it, oldest first. */
  readonly notices: readonly Listed[];
}

/** How long after a fault an alert is still its doing, and how close two faults of a service are one; real seconds. */
const AFTERMATH = HOUR;
const TOGETHER = 5 * MINUTE;

interface Draft {
  readonly faults: Episode[];
  readonly broken: Set<string>;
  readonly notices: Listed[];
  readonly startedAt: number;
}

/** The drafts that a service's alert may belong to, oldest first: thousands of notices look into it, one after the other. */
type Concerned = Map<string, Draft[]>;

/**
 * @param episodes the faults that were seen, oldest first.
 * @param notifications what was received, oldest first.
 * @param timeScale how many times faster than real the stack runs.
 * @param limit how many to tell, at most.
 * @returns the newest first.
 */
export function storiesOf(
  episodes: readonly Episode[],
  notifications: readonly Listed[],
  timeScale: number,
  limit = Number.POSITIVE_INFINITY,
): Story[] {
  const drafts: Draft[] = [];
  for (const episode of episodes.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const current = drafts.findLast((draft) => belongs(episode, draft, timeScale));
    if (current === undefined) drafts.push(draftOf(episode.startedAt, [episode]));
    else {
      current.faults.push(episode);
      current.broken.add(episode.service);
    }
  }
  const concerned: Concerned = new Map();
  for (const draft of drafts) enter(draft, concerned);
  const threads = new Map<string, Draft>();
  for (const notice of notifications) {
    const begun = attribute(notice, concerned, threads, timeScale);
    if (begun !== undefined) drafts.push(begun);
  }
  return drafts
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, limit)
    .map(storyOf);
}

/** When a page was due: the earliest crossing of a tier that pages. */
export function pageDue({ crossings }: Story): Crossing | null {
  return crossings.find(isPage) ?? null;
}

/** What each channel heard first in a state: of the page where there was one, else of whatever was sent. */
export function firstHeard({ notices }: Story, state: Listed["state"]): Listed[] {
  const inState = worst(notices).filter((notice) => notice.state === state);
  return [...Map.groupBy(inState, ({ channel }) => channel).values()].flatMap((heard) => heard.slice(0, 1));
}

/** Whether whoever was paged has been told that it is over; where nobody was, whoever got a ticket. */
export function isSettled({ endedAt, notices }: Story): boolean {
  if (endedAt === null) return false;
  const last = new Map(worst(notices).map(({ thread, state }) => [thread, state]));
  return last.values().every((state) => state !== "firing" && state !== "acknowledged");
}

/** The pages where there are any, else all there is. A ticket of a budget may stay open for days. */
function worst(notices: readonly Listed[]): readonly Listed[] {
  const pages = notices.filter(isPage);
  return pages.length > 0 ? pages : notices;
}

function draftOf(startedAt: number, faults: Episode[]): Draft {
  return { faults, broken: new Set(faults.map(({ service }) => service)), notices: [], startedAt };
}

function belongs(episode: Episode, { faults, broken }: Draft, timeScale: number): boolean {
  const end = Math.max(...faults.map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY));
  if (episode.startedAt <= end) return true;
  return broken.has(episode.service) && episode.startedAt <= end + (TOGETHER * 1000) / timeScale;
}

function enter(draft: Draft, concerned: Concerned): void {
  for (const service of affected(draft.broken)) {
    const those = concerned.get(service);
    if (those === undefined) concerned.set(service, [draft]);
    else those.push(draft);
  }
}

/** Finds the draft that a notice belongs to. @returns the one that begins with it, where it belongs to none. */
function attribute(
  notice: Listed,
  concerned: Concerned,
  threads: Map<string, Draft>,
  timeScale: number,
): Draft | undefined {
  const { thread, state, service, alertname, received_at } = notice;
  if (service === null || alertname === null || state === "refused" || state === "message") return undefined;
  const at = Date.parse(received_at);
  const known = threads.get(thread);
  if (known !== undefined) {
    known.notices.push(notice);
    if (state === "resolved") threads.delete(thread);
    return undefined;
  }
  if (state !== "firing") return undefined;
  const found = concerned.get(service)?.findLast((each) => lasts(each, at, timeScale));
  if (found === undefined && !isPage(notice)) return undefined;
  const draft = found ?? draftOf(at, []);
  draft.notices.push(notice);
  threads.set(thread, draft);
  if (found !== undefined) return undefined;
  draft.broken.add(service);
  enter(draft, concerned);
  return draft;
}

function lasts(draft: Draft, at: number, timeScale: number): boolean {
  if (draft.startedAt > at) return false;
  const end =
    draft.faults.length > 0
      ? Math.max(...draft.faults.map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY))
      : draft.startedAt;
  return at <= end + (AFTERMATH * 1000) / timeScale;
}

/** The broken services, then those that call one of them, directly or not. A change of the traffic may hit any. */
function affected(broken: ReadonlySet<string>): string[] {
  if (broken.has("loadgen")) return [...new Set([...broken, ...topology.map(({ name }) => name)])];
  const found = new Set<string>(broken);
  for (const _round of topology)
    for (const { name, dependsOn } of topology)
      if (dependsOn.some((neighbour) => found.has(neighbour))) found.add(name);
  return [...found];
}

function storyOf({ faults, broken, notices, startedAt }: Draft): Story {
  const ends = faults.map(({ endedAt }) => endedAt);
  // Chance makes an alert come before its crossing was due, and whoever gets it may undo the fault before that, too.
  const heard = new Set(notices.map(({ slo, tier }) => `${slo} ${tier}`));
  const crossings = faults
    .flatMap(({ crossings, endedAt }) =>
      crossings.filter(({ slo, tier, at }) => at <= (endedAt ?? at) || heard.has(`${slo} ${tier}`)),
    )
    .toSorted((a, b) => a.at - b.at);
  // Of several faults the first one to cross a tier counts.
  const first = Map.groupBy(crossings, ({ slo, tier }) => `${slo} ${tier}`);
  return {
    id: faults[0]?.key ?? `page.${notices[0]?.id ?? 0}`,
    faults,
    services: affected(broken).filter((name) => name !== "loadgen"),
    startedAt,
    endedAt: faults.length > 0 ? latest(ends) : quietSince(notices),
    crossings: [...first.values()].flatMap((same) => same.slice(0, 1)),
    notices,
  };
}

/** Where nothing was switched, it is over when every thread has been resolved. */
function quietSince(notices: readonly Listed[]): number | null {
  const last = new Map(notices.map((notice) => [notice.thread, notice]));
  return latest(
    last.values().map(({ state, received_at }) => (state === "resolved" ? Date.parse(received_at) : null)),
  );
}

function latest(moments: Iterable<number | null>): number | null {
  const all = [...moments];
  return all.includes(null) ? null : Math.max(...all.filter((moment) => moment !== null));
}
