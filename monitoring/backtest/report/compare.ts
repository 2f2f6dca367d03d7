import { listed, time } from "../../compiler/explain/format.ts";
import type { BacktestReport } from "./report.ts";

/**
 * Says in words how each policy compares with the first one.
 *
 * @returns one sentence a policy: `threshold: 31 more false pages, 1 more incident missed, 6.2 min slower to page`.
 */
export function compared({ qualities, detections }: BacktestReport): string[] {
  const [first, ...others] = qualities;
  if (first === undefined) return [];
  return others.map((other) => {
    const differences = [
      falsePages(other, first),
      counted(first.found - other.found, "incident", " missed"),
      duration(meanGap(detections, first.policy, other.policy, pagedAfter), "slower", "faster", "to page"),
      duration(meanGap(detections, first.policy, other.policy, resetAfter), "longer", "shorter", "to reset"),
    ].filter((one) => one !== undefined);
    const sentence = differences.length === 0 ? "no different" : listed(differences, "and");
    return `${other.policy} against ${first.policy}: ${sentence}`;
  });
}

/** `2 more false pages, which fired for 30 d` */
function falsePages(
  other: BacktestReport["qualities"][number],
  first: BacktestReport["qualities"][number],
): string | undefined {
  const more = other.falsePages - first.falsePages;
  const fired = other.falseSeconds - first.falseSeconds;
  return counted(more, "false page", more > 0 && fired > 0 ? `, which fired for ${time(fired)}` : "");
}

function counted(more: number, word: string, suffix = ""): string | undefined {
  if (more === 0) return undefined;
  const [number, comparison] = [Math.abs(more), more > 0 ? "more" : "fewer"];
  return `${number} ${comparison} ${word}${number === 1 ? "" : "s"}${suffix}`;
}

type Detection = BacktestReport["detections"][number];

const pagedAfter = ({ page }: Detection): number | null => page?.afterSeconds ?? null;
const resetAfter = ({ resetSeconds }: Detection): number | null => resetSeconds;

/** The mean difference over the incidents of which both policies can tell it: means over different ones say nothing. */
function meanGap(
  detections: readonly Detection[],
  first: string,
  other: string,
  seconds: (detection: Detection) => number | null,
): number {
  const gaps = detections
    .filter(({ policy }) => policy === other)
    .flatMap((own) => {
      const others = detections.find(({ policy, incident }) => policy === first && incident === own.incident);
      const [a, b] = [seconds(own), others ? seconds(others) : null];
      return a === null || b === null ? [] : [a - b];
    });
  return gaps.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

function duration(gap: number, above: string, below: string, what: string): string | undefined {
  return gap === 0 ? undefined : `${time(Math.abs(gap))} ${gap > 0 ? above : below} ${what}`;
}
