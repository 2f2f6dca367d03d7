import { duration } from "../../compiler/duration.ts";
import { decimal } from "../../compiler/decimal.ts";
import { isPage } from "../../compiler/windows.ts";
import { byWhom } from "../faults/episode-book.ts";
import { faultWords } from "../faults/episode.ts";
import type { Episode } from "../faults/episode.ts";
import type { Chart, Lane, Mark, Span, Tone } from "../lanes/lanes.ts";
import { CHANNEL_NAMES } from "../pages/state-mark.ts";
import { timeOfDay, wholePercent } from "../pages/format.ts";
import type { Listed } from "../store.ts";
import type { SloMeasured, TierMeasured } from "./measurements.ts";
import type { Story } from "./story.ts";

/** Shares of the axis that stay empty before the first and after the last event. */
const BEFORE = 0.06;
const AFTER = 0.08;
/** The shortest axis, in milliseconds. */
const SHORTEST = 20_000;

/**
 * An incident on one time axis: what was broken, what the service did, what was computed and what was seen, and who heard.
 *
 * @param slos what Prometheus saw; none when it cannot be asked.
 */
export function storyChart(story: Story, slos: readonly SloMeasured[], now: Date): Chart {
  const moments = [
    story.startedAt,
    ...story.faults.map(({ endedAt, expiresAt }) => endedAt ?? Math.min(expiresAt, now.getTime())),
    ...story.crossings.filter(isPage).map(({ at }) => at),
    ...story.notices.map((notice) => Date.parse(notice.received_at)),
    ...slos.flatMap(({ tiers }) => tiers.flatMap(({ alerts }) => alerts.map(({ to }) => to))),
    ...(story.endedAt === null ? [now.getTime()] : []),
  ];
  const last = Math.max(...moments, story.startedAt + SHORTEST);
  const length = last - story.startedAt;
  return {
    label: "Timeline of the incident, UTC",
    from: story.startedAt - BEFORE * length,
    to: last + AFTER * length,
    now: now.getTime(),
    lanes: [...faultLanes(story), ...slos.flatMap((slo) => sloLanes(slo, story)), ...channelLanes(story)],
  };
}

function faultLanes({ faults }: Story): Lane[] {
  const byPlace = Map.groupBy(faults, ({ service, fault, target }) => [service, fault, target].join(" "));
  return [...byPlace.values()].map((same) => ({
    name: `Fault: ${same[0]?.service ?? ""}`,
    detail: [...new Set(same.map(faultWords))].join(", "),
    spans: same.map(faultSpan),
  }));
}

function faultSpan(fault: Episode): Span {
  const { startedAt, endedAt, end } = fault;
  const ended = endedAt === null ? "still on" : `${end} at ${timeOfDay(endedAt)}`;
  const words = `${faultWords(fault)}, on at ${timeOfDay(startedAt)} ${byWhom(fault)}, ${ended}`;
  return { from: startedAt, to: endedAt, tone: "warn", words };
}

function sloLanes({ facts, badShare, tiers }: SloMeasured, story: Story): Lane[] {
  const predicted = story.crossings.filter(({ slo }) => slo === facts.slo);
  const lanes = tiers.flatMap((measured): Lane[] => {
    const due = predicted.find(({ tier }) => tier === measured.tier.name);
    if (due === undefined && measured.crossedAt === null && measured.alerts.length === 0) return [];
    return [tierLane(measured, due?.at ?? null)];
  });
  if (lanes.length === 0) return [];
  const worst = Math.max(...badShare.map(([, share]) => (Number.isFinite(share) ? share : 0)));
  const max = Math.max(worst, 1 - facts.target);
  const what = facts.sli === "latency" ? "slow" : "failing";
  const line: Lane = {
    name: facts.title,
    detail: `share ${what}, last minute's window`,
    line: {
      points: badShare,
      max,
      maxWords: wholePercent(max),
      words: `up to ${wholePercent(worst)} of the requests were ${what}`,
    },
  };
  return [line, ...lanes];
}

function tierLane({ tier, crossedAt, alerts }: TierMeasured, dueAt: number | null): Lane {
  const tone: Tone = isPage(tier) ? "bad" : "warn";
  const mark = (at: number | null, kind: "predicted" | "measured"): Mark[] =>
    at === null ? [] : [{ at, kind, tone, words: `${kind} crossing at ${timeOfDay(at)}` }];
  return {
    name: `${isPage(tier) ? "Page" : "Ticket"} ${decimal(tier.factor)}×`,
    detail: `over ${duration(tier.longSeconds)} and ${duration(tier.shortSeconds)}`,
    spans: alerts.map(({ state, from, to }) => ({
      from,
      to,
      tone,
      hollow: state === "pending",
      words: `${state} from ${timeOfDay(from)} to ${timeOfDay(to)}`,
    })),
    marks: [...mark(dueAt, "predicted"), ...mark(crossedAt, "measured")],
  };
}

function channelLanes({ notices }: Story): Lane[] {
  return [...Map.groupBy(notices, ({ channel }) => channel)].map(([channel, heard]) => ({
    name: CHANNEL_NAMES[channel],
    detail: "received",
    marks: heard.map(noticeMark),
  }));
}

function noticeMark(notice: Listed): Mark {
  const { state, service, received_at } = notice;
  const at = Date.parse(received_at);
  const over = state === "resolved";
  const tone: Tone = over ? "good" : isPage(notice) ? "bad" : "warn";
  return { at, kind: over ? "over" : "heard", tone, words: `${service ?? ""} ${state} at ${timeOfDay(at)}` };
}
