import { listed, time } from "../../compiler/explain/format.ts";
import type { BacktestReport } from "./report.ts";

/**
 * Says in words how each policy compares with the first one.
 *
 * @returns one sentence a policy: `threshold: 31 more false pages, 1 more incident missed, 6.2 min slower to page`.
 */
export function compared({ qualities }: BacktestReport): string[] {
  const [first, ...others] = qualities;
  if (first === undefined) return [];
  return others.map((other) => {
    const differences = [
      counted(other.falsePages - first.falsePages, "false page"),
      counted(first.found - other.found, "incident", " missed"),
      duration(other.detectionSeconds, first.detectionSeconds, ["slower", "faster"], "to page"),
      duration(other.resetSeconds, first.resetSeconds, ["longer", "shorter"], "to reset"),
    ].filter((one) => one !== undefined);
    const sentence = differences.length === 0 ? "no different" : listed(differences, "and");
    return `${other.policy} against ${first.policy}: ${sentence}`;
  });
}

function counted(more: number, word: string, suffix = ""): string | undefined {
  if (more === 0) return undefined;
  const [number, comparison] = [Math.abs(more), more > 0 ? "more" : "fewer"];
  return `${number} ${comparison} ${word}${number === 1 ? "" : "s"}${suffix}`;
}

function duration(
  own: number | null,
  others: number | null,
  [above, below]: readonly [string, string],
  what: string,
): string | undefined {
  if (own === null || others === null || own === others) return undefined;
  return `${time(Math.abs(own - others))} ${own > others ? above : below} ${what}`;
}
