import { isPage } from "../../compiler/windows.ts";
import { faultWords } from "../faults/episode.ts";
import { firstHeard, pageDue } from "../timeline/story.ts";
import type { Story } from "../timeline/story.ts";
import { timeOfDay } from "./format.ts";
import { CHANNEL_NAMES } from "./state-mark.ts";

/**
 * What a screen reader says when it changes: the newest incident in a sentence for each thing that has happened. Without
 * anything that counts down, which would be read out every second.
 *
 * @returns nothing when there is no incident.
 */
export function nowSaid([story]: readonly Story[]): string {
  if (story === undefined) return "";
  const due = pageDue(story);
  const faults = story.faults.map(
    (fault) => `${fault.service} ${faultWords(fault)} ${fault.endedAt === null ? "is on" : fault.end}.`,
  );
  const heard = (state: "firing" | "resolved"): string[] => {
    const first = firstHeard(story, state);
    if (first[0] === undefined) return [];
    const what = isPage(first[0]) ? "Page" : "Ticket";
    const words = state === "resolved" ? "Resolved" : `${what} received`;
    return [`${words}: ${first.map(({ channel }) => CHANNEL_NAMES[channel]).join(", ")}.`];
  };
  return [
    ...faults,
    ...(due === null ? [] : [`Page predicted at ${timeOfDay(due.at)}.`]),
    ...heard("firing"),
    ...heard("resolved"),
  ].join(" ");
}
