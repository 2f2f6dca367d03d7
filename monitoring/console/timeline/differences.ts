import { decimal } from "../../compiler/decimal.ts";
import { duration } from "../../compiler/duration.ts";
import { isPage } from "../../compiler/windows.ts";
import { CHANNEL_NAMES } from "../pages/state-mark.ts";
import type { SloMeasured } from "./measurements.ts";
import { firstHeard, pageDue } from "./story.ts";
import type { Story } from "./story.ts";

/** One line of the table under the lanes. Milliseconds since 1970. */
export interface Difference {
  readonly what: string;
  readonly predicted: number | null;
  readonly measured: number | null;
}

/** Moments of one evaluation; milliseconds. */
const SAME = 500;

/**
 * Sets beside each other what was computed and what was seen. Arithmetic predicts the crossing; an alert and a notification
 * can only come after it, so both are compared with the crossing that they answer to.
 */
export function differencesOf(story: Story, slos: readonly SloMeasured[]): Difference[] {
  const tiers = slos.flatMap(({ facts, tiers }) =>
    tiers.flatMap(({ tier, crossedAt, alerts }): Difference[] => {
      const crossing = story.crossings.find((each) => each.slo === facts.slo && each.tier === tier.name);
      const predicted = crossing?.at ?? null;
      const fired = alerts.find(({ state, from }) => state === "firing" && from >= story.startedAt);
      if (predicted === null && crossedAt === null) return [];
      // A line for the alert alone has to say something: that it fired, or that it is due and has only crossed.
      const tells = fired !== undefined || (crossedAt !== null && predicted !== null);
      const name = `${facts.title}: ${decimal(tier.factor)}× over ${duration(tier.longSeconds)}`;
      const firing = { what: `${name} firing`, predicted, measured: fired?.from ?? null };
      // Without a `for` the alert fires in the evaluation that sees the crossing: one line says it.
      const same = fired !== undefined && crossedAt !== null && Math.abs(fired.from - crossedAt) < SAME;
      const what = `${name} crossed${same ? ", firing" : ""}`;
      return [{ what, predicted, measured: crossedAt }, ...(same || !tells ? [] : [firing])];
    }),
  );
  const due = pageDue(story)?.at ?? null;
  const heard = (state: "firing" | "resolved", predicted: number | null): Difference[] =>
    firstHeard(story, state).map((notice) => ({
      what: `${CHANNEL_NAMES[notice.channel]} ${state === "resolved" ? "resolved" : isPage(notice) ? "received" : "received a ticket"}`,
      // A ticket about the budget answers to no crossing of a page.
      predicted: isPage(notice) ? predicted : null,
      measured: Date.parse(notice.received_at),
    }));
  return [...tiers, ...heard("firing", due), ...heard("resolved", null)];
}
