import { exact } from "../../decimal.ts";
import { duration } from "../../duration.ts";
import { percent } from "../../explain/format.ts";
import { constructionOf } from "../../windows.ts";
import type { Tier } from "../../windows.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { Context } from "./context.ts";

/** A tier that somebody asks for, before it is known for which SLO. */
export interface TierWish {
  readonly name: string;
  readonly severity: "critical" | "warning";
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly forSeconds: number;
  /** Exactly one of factor and budgetShare: a burn rate, or a share of the budget that the period turns into one. */
  readonly factor?: number;
  readonly budgetShare?: number;
  readonly routing?: Readonly<Record<string, string>>;
  /** What problems with it point at. */
  readonly node: Node<unknown>;
}

/**
 * Gives a wish its factor and its share of the budget for a period.
 *
 * @returns undefined when its windows do not fit each other or the period, which is then told.
 */
export function toTier(wish: TierWish, periodSeconds: number, context: Context): Tier | undefined {
  const { name, severity, longSeconds, shortSeconds, forSeconds, routing } = wish;
  const factor = wish.factor ?? exact(((wish.budgetShare ?? 0) * periodSeconds) / longSeconds);
  const budgetShare = wish.budgetShare ?? exact((factor * longSeconds) / periodSeconds);
  const mistake = findMistake({ longSeconds, shortSeconds, factor, budgetShare }, periodSeconds);
  if (mistake !== undefined) {
    context.log.error(placeOf(wish.node), mistake.id, `tier ${name}: ${mistake.message}`, mistake.remedy);
    return undefined;
  }
  return {
    name,
    severity,
    budgetShare,
    longSeconds,
    shortSeconds,
    factor,
    ...(forSeconds > 0 && { forSeconds }),
    ...(routing !== undefined && Object.keys(routing).length > 0 && { routing }),
  };
}

type Shape = Pick<Tier, "longSeconds" | "shortSeconds" | "factor" | "budgetShare">;

function findMistake(
  tier: Shape,
  periodSeconds: number,
): { id: string; message: string; remedy: string } | undefined {
  const { longSeconds, shortSeconds, factor, budgetShare } = tier;
  if (longSeconds > periodSeconds) {
    const message = `its window of ${duration(longSeconds)} is longer than the SLO's of ${duration(periodSeconds)}`;
    return { id: "tier-above-window", message, remedy: "Shorten it" };
  }
  if (shortSeconds >= longSeconds) {
    const message = `its short window of ${duration(shortSeconds)} is not shorter than its long one of ${duration(longSeconds)}`;
    return {
      id: "tier-windows",
      message,
      remedy: "Make the long window longer; a twelfth of it is a good short one",
    };
  }
  if (!(factor > 0) || budgetShare > 1) {
    return {
      id: "tier-share",
      message: `it would fire when ${percent(budgetShare)} of the budget is gone`,
      remedy: "Choose a factor and a window that spend more than 0 % and at most 100 %",
    };
  }
  try {
    for (const window of [longSeconds, shortSeconds]) constructionOf(window);
    return undefined;
  } catch (error) {
    return {
      id: "tier-windows",
      message: (error as RangeError).message,
      remedy: "Choose the nearest such length",
    };
  }
}
