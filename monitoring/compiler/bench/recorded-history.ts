/** What months of rule evaluation would have left behind, computed from the history instead of waited for. */
import type { Family, History, Samples } from "../accuracy/history.ts";
import { DAY, HOUR, MINUTE } from "../duration.ts";
import type { Slo } from "../model.ts";
import { label, olderPart, sloSeries } from "../names.ts";
import type { RuleGroup } from "../rules/rule.ts";
import { constructions } from "../windows.ts";
import { pyrraIncrease, slothRatio } from "./contenders.ts";

/** Events since the history began, at any moment of it. */
interface Cumulative {
  bad(secondsBeforeEnd: number): number;
  total(secondsBeforeEnd: number): number;
}

const slothLabels = `{sloth_id="order-availability",sloth_service="order",sloth_slo="availability",sloth_window="5m"}`;
const evaluationSeconds = 15;
const pyrraSeconds = 30;

/**
 * Our recorded series: 30 days of tiles, the slides that are still read, and the last value of everything else.
 *
 * @param groups of the SLO.
 */
export function ourSeries(
  slo: Slo,
  groups: readonly RuleGroup[],
  history: History,
  stepSeconds: number,
): Family[] {
  const events = cumulative(history, stepSeconds);
  const own = `service="${slo.service}",slo="${slo.name}"`;
  const older = `{${own},${label.part}="${olderPart}"}`;
  const tile = constructions.long.intervalSeconds;
  const laid: Family[] = (["bad", "total"] as const).flatMap((what) => {
    const between = (from: number, to: number): number => events[what](to) - events[what](from);
    const name = what === "bad" ? "badTile" : "totalTile";
    const slide = what === "bad" ? "badSlide" : "totalSlide";
    return [
      gauge(sloSeries[name](slo.sli), older, tile, 30 * DAY, (ago) => between(ago + HOUR + tile, ago + HOUR)),
      gauge(sloSeries[slide](slo.sli), older, MINUTE, 7 * HOUR, (ago) => between(ago + 5 * MINUTE, ago)),
      gauge(sloSeries[what](slo.sli, HOUR), `{${own}}`, MINUTE, 10 * MINUTE, (ago) =>
        between(ago + HOUR, ago),
      ),
    ];
  });
  const known = new Set(laid.map((family) => family.name));
  const rest = groups
    .flatMap((group) => group.rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])))
    .filter((record) => !known.has(record))
    .map((record) => gauge(record, `{${own}}`, MINUTE, 10 * MINUTE, () => 1));
  return [...laid, ...rest];
}

/** What the other generators' 30-day rules read. */
export function theirSeries(history: History, stepSeconds: number): Family[] {
  const events = cumulative(history, stepSeconds);
  const increase = (what: "bad" | "total", ago: number): number =>
    events[what](ago) - events[what](ago + 5 * MINUTE);
  const ratio = (ago: number): number => increase("bad", ago) / increase("total", ago);
  const ok = (ago: number): number => increase("total", ago) - increase("bad", ago);
  return [
    gauge(slothRatio("5m"), slothLabels, evaluationSeconds, 30 * DAY, ratio),
    {
      name: pyrraIncrease,
      type: "gauge",
      series: [
        samples(`{service="order",slo="availability",status="200"}`, pyrraSeconds, 30 * DAY, ok),
        samples(`{service="order",slo="availability",status="500"}`, pyrraSeconds, 30 * DAY, (ago) =>
          increase("bad", ago),
        ),
      ],
    },
  ];
}

function gauge(
  name: string,
  labels: string,
  step: number,
  length: number,
  value: (ago: number) => number,
): Family {
  return { name, type: "gauge", series: [samples(labels, step, length, value)] };
}

/** Samples of the last `length` seconds. */
function samples(
  labels: string,
  stepSeconds: number,
  length: number,
  value: (ago: number) => number,
): Samples {
  const count = length / stepSeconds;
  return {
    labels,
    stepSeconds,
    values: Array.from({ length: count }, (_, index) => value((count - 1 - index) * stepSeconds)),
  };
}

/** Reads the history between its steps, too; a restart of the counters does not show. */
function cumulative({ good, bad }: History, stepSeconds: number): Cumulative {
  const sums = (values: readonly number[]): number[] => {
    const result = [0];
    for (let index = 1; index < values.length; index++) {
      const [before = 0, now = 0] = [values[index - 1], values[index]];
      result.push((result[index - 1] ?? 0) + (now < before ? now : now - before));
    }
    return result;
  };
  const [goodSums, badSums] = [sums(good), sums(bad)];
  const at = (values: readonly number[], ago: number): number => {
    const position = Math.max(0, values.length - 1 - ago / stepSeconds);
    const [low, high] = [values[Math.floor(position)] ?? 0, values[Math.ceil(position)] ?? 0];
    return low + (high - low) * (position % 1);
  };
  return {
    bad: (ago) => at(badSums, ago),
    total: (ago) => at(goodSums, ago) + at(badSums, ago),
  };
}
